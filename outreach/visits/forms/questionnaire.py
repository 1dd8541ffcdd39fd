"""The questions about a visit, in the order a resident meets them."""

from outreach.people.questionnaire import Questionnaire
from outreach.visits.actions.answers import Answers
from outreach.visits.forms.asker import AskerForm
from outreach.visits.forms.conditions import ComingForm, LivingForm, PapersForm
from outreach.visits.forms.purpose import PurposeForm
from outreach.visits.forms.relation import RelationForm
from outreach.visits.forms.visited_person import VisitedPersonForm
from outreach.visits.models import VisitRequest


class VisitQuestionnaire(Questionnaire):
    """One resident's way to a visit."""

    pages = {
        "relation": RelationForm,
        "asker": AskerForm,
        "person": VisitedPersonForm,
        "purpose": PurposeForm,
        "living": LivingForm,
        "papers": PapersForm,
        "coming": ComingForm,
    }

    @property
    def is_for_another(self) -> bool:
        relation = self.typed.get("relation", "")
        return relation in VisitRequest.Relation and relation != VisitRequest.Relation.SELF

    @property
    def steps(self) -> list[str]:
        """The pages this resident sees; nobody is asked about themselves twice."""
        return [step for step in self.pages if step != "asker" or self.is_for_another]

    def needs(self, step: str) -> dict[str, bool]:
        return {"must_be_reachable": not self.is_for_another} if step == "person" else {}

    def answers(self) -> Answers:
        """What all pages say together; call it only when `first_to_answer` finds nothing."""
        return Answers(**self.cleaned())
