from typing import Any

from outreach.classes.models import Registration
from outreach.classes.questionnaire import BringForm, NeedsForm
from outreach.classes.rules.needs import Needs


class OwnNeedsForm(NeedsForm, BringForm):
    """What can be changed until the class about what somebody brings and needs."""

    field_order = ("needs_handset", "phone_model", "wish")

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        self.registration = registration
        told: dict[str, Any] = registration.needs.told() | {
            "note": registration.note,
            "needs_handset": "loan" if registration.needs_handset else "own",
        }
        lends = registration.session.lends or registration.needs_handset
        super().__init__(*args, initial=told, lends=lends, **kwargs)
        if registration.how != Registration.How.WEB:
            # Written by a colleague, for the tutor.
            del self.fields["note"]

    def changes(self) -> dict[str, Any]:
        """What holds now, as `needs.change` takes it; call it only on a valid form."""
        said = dict(self.cleaned_data)
        return {
            "note": said.pop("note", self.registration.note),
            "needs_handset": said.pop("needs_handset"),
            "needs": Needs(**said),
        }
