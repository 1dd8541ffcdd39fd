"""What somebody brings to a counter, service by service, in plain words.

Source: 個人番号カードの交付等に関する事務処理要領 (identity documents: two of group A, or one of A
and one of B); certificates are renewed with the card and its PINs.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.reception.models import Service

_CARD = _("Your My Number Card")
_LETTER = _("The notice letter, if you have it. It works without it, too.")
_IDENTITY = _(
    "Two identity documents, one of them with a photo "
    "(driving licence, residence card; health insurance papers, pension book)"
)

_BRING: dict[Service, tuple[Promise, ...]] = {
    Service.APPLY: (
        _IDENTITY,
        _("Your notification card (the paper card with your number), if you have it"),
        _("Children under 15 come with a parent, who brings identity documents too."),
    ),
    Service.RENEW_CARD: (_CARD, _LETTER),
    Service.RENEW_CERTIFICATE: (_CARD, _("The PINs of your card"), _LETTER),
    Service.COLLECT: (
        _("The postcard that says your card is ready"),
        _IDENTITY,
        _("Your old card or notification card, if you have one"),
    ),
    Service.PIN: (_CARD, _("One more identity document")),
}


def documents_for(service: str) -> tuple[Promise, ...]:
    """What to bring for a service, in the reader's language."""
    return _BRING[Service(service)]
