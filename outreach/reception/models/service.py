from django.db import models
from django.utils.translation import gettext_lazy as _


class Service(models.TextChoices):
    """What can be done at a counter about the card (取組7: 申請・更新窓口)."""

    APPLY = "apply", _("Applying for a first card")
    RENEW_CARD = "renew_card", _("Renewing the card")
    RENEW_CERTIFICATE = "renew_certificate", _("Renewing the digital certificates")
    COLLECT = "collect", _("Receiving a card that is ready")
    PIN = "pin", _("Resetting a PIN")


class Payment(models.TextChoices):
    """How a fee can be paid (取組4: cashless at every suitable counter)."""

    CASH = "cash", _("Cash")
    CREDIT = "credit", _("Credit card")
    EMONEY = "emoney", _("Electronic money")
    QR = "qr", _("QR code payment")
