"""What somebody brings to a counter, service by service, in plain words.

The documents are those of the rules (`mynumber.rules`), so that a counter and a visit ask for the
same. Beside them stands what is worth knowing at a counter alone.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mynumber.rules import eligibility
from mynumber.rules.documents import Document
from mynumber.rules.situations import Purpose, Situation
from mynumber.rules.ways import Way
from mynumber.way_words import DOCUMENTS
from outreach.reception.models import Service

_DONE_AT_COUNTER: Mapping[Service, tuple[Purpose, Way]] = {
    Service.APPLY: (Purpose.FIRST_CARD, Way.APPLY_AT_COUNTER),
    Service.RENEW_CARD: (Purpose.CARD_RENEWAL, Way.APPLY_AT_COUNTER),
    Service.RENEW_CERTIFICATE: (Purpose.CERTIFICATE_RENEWAL, Way.CERTIFICATE_AT_COUNTER),
    Service.COLLECT: (Purpose.COLLECTION, Way.COLLECT_AT_COUNTER),
}
# A forgotten PIN is set anew on the card there is (事務処理要領); no way to a card leads there.
_NEW_PIN = (Document.OLD_CARD, Document.ANY_IDENTITY)

_LETTER = _("The notice letter, if you have it. It works without it, too.")
_WORTH_KNOWING: Mapping[Service, tuple[Promise, ...]] = {
    Service.APPLY: (_("Children under 15 come with a parent, who brings identity documents too."),),
    Service.RENEW_CARD: (_LETTER,),
    Service.RENEW_CERTIFICATE: (_LETTER,),
    Service.COLLECT: (_("Your old card or notification card, if you have one"),),
}


def documents_for(service: str) -> tuple[Promise, ...]:
    """What to bring for a service, in the reader's language; of a person nothing is known yet."""
    wanted = Service(service)
    if wanted in _DONE_AT_COUNTER:
        purpose, way = _DONE_AT_COUNTER[wanted]
        needed = eligibility.documents_for(Situation(purpose=purpose), way)
    else:
        needed = _NEW_PIN
    return (*(DOCUMENTS[one] for one in needed), *_WORTH_KNOWING.get(wanted, ()))
