"""The resident's questions, one group to a page, and what was answered so far.

Nothing is kept on the server between the pages: every page carries the earlier answers as typed,
and each step reads all of them again.
"""

from collections.abc import Mapping
from typing import Any

from mynumber.forms import GuardedForm, echo
from outreach.visits.actions.answers import Answers
from outreach.visits.forms.asker import AskerForm
from outreach.visits.forms.purpose import PurposeForm
from outreach.visits.forms.relation import RelationForm
from outreach.visits.forms.submission import submission_of
from outreach.visits.forms.visited_person import VisitedPersonForm
from outreach.visits.models import VisitRequest

STEPS: dict[str, type[GuardedForm]] = {
    "relation": RelationForm,
    "asker": AskerForm,
    "person": VisitedPersonForm,
    "purpose": PurposeForm,
}
FIELDS = {name: field for form in STEPS.values() for name, field in form.base_fields.items()}


class Questionnaire:
    """One resident's way through the questions, as far as `typed` tells it."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = {name: typed[name] for name in FIELDS if name in typed}
        self.submission = submission_of(typed)

    @property
    def is_for_another(self) -> bool:
        relation = self.typed.get("relation", "")
        return relation in VisitRequest.Relation and relation != VisitRequest.Relation.SELF

    @property
    def steps(self) -> list[str]:
        """The pages this resident sees; nobody is asked about themselves twice."""
        return [step for step in STEPS if step != "asker" or self.is_for_another]

    def blank(self, step: str) -> GuardedForm:
        """The page's form with what was typed, not judged."""
        return STEPS[step](initial=self.typed, **self._needs(step))

    def judged(self, step: str) -> GuardedForm:
        """The page's form with what was typed and what is wrong with it."""
        return STEPS[step](self.typed, **self._needs(step))

    def first_to_answer(self) -> str | None:
        """The first page that is not in order yet; None when all of them are."""
        return next((step for step in self.steps if not self.judged(step).is_valid()), None)

    def after(self, step: str) -> str | None:
        """The page that follows, at most up to the first that is not in order."""
        following = self.steps[self.steps.index(step) + 1 :]
        unanswered = self.first_to_answer()
        if unanswered is None or (unanswered in following and following):
            return following[0] if following else None
        return unanswered

    def before(self, step: str) -> str:
        """The page before this one; before the first there is only the first."""
        steps = self.steps
        return steps[max(0, steps.index(step) - 1)] if step in steps else steps[-1]

    def has_seen(self, step: str) -> bool:
        """Whether anything of the page came back with the answers."""
        return any(name in self.typed for name in STEPS[step].base_fields)

    def carried(self, *, besides: str | None = None) -> list[tuple[str, str]]:
        """Names and values the page hides in its form so that they come back.

        A number that was refused, or would be, stands there no more than in a field one can see.
        """
        shown = STEPS[besides].base_fields if besides else {}
        return [
            (name, echo(FIELDS[name], value))
            for name, value in self.typed.items()
            if name not in shown
        ]

    def answers(self) -> Answers:
        """What all pages say together; call it only when `first_to_answer` finds nothing."""
        read: dict[str, Any] = {}
        for step in self.steps:
            form = self.judged(step)
            form.is_valid()
            read |= form.cleaned_data
        return Answers(**read)

    def _needs(self, step: str) -> dict[str, bool]:
        return {"must_be_reachable": not self.is_for_another} if step == "person" else {}
