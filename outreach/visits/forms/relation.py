from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.visits.models import VisitRequest

Relation = VisitRequest.Relation


class RelationForm(GuardedForm):
    """Who the visit is for, seen from whoever fills in the form."""

    relation = forms.ChoiceField(
        label=_("Who is the visit for?"),
        choices=[
            (Relation.SELF, _("For me")),
            (Relation.FAMILY, _("For a member of my family")),
            (Relation.CARE_MANAGER, _("For somebody I look after as a care manager")),
            (Relation.FACILITY, _("For somebody who lives in the facility I work at")),
            (Relation.OTHER, _("For somebody else")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who the visit is for.")},
    )
