"""What agrees between a description and somebody on record, in words."""

from django.utils.translation import gettext_lazy as _

from outreach.people.rules.matching import Field

FIELD_WORDS = {
    Field.NAME: _("same name"),
    Field.BIRTH: _("same birth"),
    Field.PLACE: _("same address"),
    Field.PHONE: _("same telephone"),
}
