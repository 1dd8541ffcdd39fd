"""What officers fill in to plan, move and call off classes."""

from outreach.classes.planning_forms.changes import (
    AdjustForm,
    CallOffForm,
    ElsewhereForm,
    MoveForm,
)
from outreach.classes.planning_forms.filters import FilterForm
from outreach.classes.planning_forms.plans import SeasonForm, SessionForm

__all__ = [
    "AdjustForm",
    "CallOffForm",
    "ElsewhereForm",
    "FilterForm",
    "MoveForm",
    "SeasonForm",
    "SessionForm",
]
