"""A resident's way through a form of one question group to a page, and what was answered so far.

Nothing is kept on the server between the pages: every page carries the earlier answers as typed,
and each step reads all of them again. Each room with such a form says which pages it has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.http import QueryDict

from mynumber.forms import GuardedForm, echo

# The page on which everything is read over before it is sent.
CHECK = "check"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A page that is due: one group of questions, or without a form the page to check."""

    step: str
    form: GuardedForm | None
    seen_check: bool


class Questionnaire:
    """One resident's way through the questions, as far as `typed` tells it."""

    pages: ClassVar[Mapping[str, type[GuardedForm]]]

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.fields = {
            name: field for form in self.pages.values() for name, field in form.base_fields.items()
        }
        self.typed = {name: typed[name] for name in self.fields if name in typed}
        self.submission = submission_of(typed)
        # Each page is read once, however often it is asked whether it is in order.
        self._judged: dict[str, GuardedForm] = {}

    @property
    def steps(self) -> list[str]:
        """The pages this resident sees."""
        return list(self.pages)

    @property
    def first(self) -> str:
        return next(iter(self.pages))

    def blank(self, step: str) -> GuardedForm:
        """The page's form with what was typed, not judged."""
        return self.pages[step](initial=self.typed, **self.needs(step))

    def judged(self, step: str) -> GuardedForm:
        """The page's form with what was typed and what is wrong with it."""
        if step not in self._judged:
            self._judged[step] = self.pages[step](self.typed, **self.needs(step))
        return self._judged[step]

    def needs(self, step: str) -> dict[str, Any]:
        """What the form of a page must know besides the answers."""
        return {}

    def knows(self, step: str) -> bool:
        """Whether a page of that name can have been sent by this resident."""
        return step == CHECK or step in self.steps

    def due(self, posted: QueryDict) -> QuestionPage:
        """The page the resident's last press leads to."""
        go, step = posted.get("go", ""), posted.get("step", "")
        seen_check = step == CHECK or "checked" in posted
        if not self.knows(step):
            return QuestionPage(self.first, self.blank(self.first), seen_check=False)
        to = self.before(step) if go == "back" else go
        if to in self.steps:
            return QuestionPage(to, self.blank(to), seen_check)
        return self._onwards(step, seen_check=seen_check)

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
        return any(name in self.typed for name in self.pages[step].base_fields)

    def carried(self, *, besides: str | None = None) -> list[tuple[str, str]]:
        """Names and values the page hides in its form so that they come back.

        A number that was refused, or would be, stands there no more than in a field one can see.
        """
        shown = self.pages[besides].base_fields if besides else {}
        return [
            (name, echo(self.fields[name], value))
            for name, value in self.typed.items()
            if name not in shown
        ]

    def kept(self, step: str, *, seen_check: bool = False) -> list[tuple[str, str]]:
        """What goes along when the reader chooses another language; it sends nothing off."""
        marks = [("step", step), ("go", step), ("submission", str(self.submission))]
        return [*self.carried(), *marks, *([("checked", "1")] if seen_check else [])]

    def cleaned(self) -> dict[str, Any]:
        """What all pages say together; call it only when `first_to_answer` finds nothing."""
        read: dict[str, Any] = {}
        for step in self.steps:
            form = self.judged(step)
            form.is_valid()
            read |= form.cleaned_data
        return read

    def _onwards(self, step: str, *, seen_check: bool) -> QuestionPage:
        """The next page; the same one when it is not in order; straight back to the check page."""
        if step != CHECK and not (form := self.judged(step)).is_valid():
            return QuestionPage(step, form, seen_check)
        to = self.first_to_answer() if seen_check else self.after(step)
        if to is None:
            return QuestionPage(CHECK, None, seen_check=True)
        form = self.judged(to) if seen_check and self.has_seen(to) else self.blank(to)
        return QuestionPage(to, form, seen_check)


def submission_of(typed: Mapping[str, str]) -> UUID:
    """The mark of one sending of a form, by which a double click is known.

    A new one when none came back, or a damaged one. It is not a form field: as free text, one in
    some thousands would be refused for looking like a number of the card.
    """
    try:
        return UUID(typed.get("submission", ""))
    except ValueError:
        return uuid4()
