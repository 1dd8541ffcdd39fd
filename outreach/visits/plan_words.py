"""Why a visit was left out of a day, in a sentence an officer can say on the telephone."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.visits.day_problem import THIS_TEAM
from outreach.visits.planning import Reason, Unassigned
from outreach.visits.planning.travel import FOUR_WHEEL_DRIVE
from outreach.visits.rules.visit_needs import FACE_PHOTO, LANGUAGE, TABLET

REASONS = {
    Reason.ROAD_CLOSED: gettext_lazy("The road is closed that day."),
    Reason.NO_TEAM: gettext_lazy("No team goes out that day."),
    Reason.SKILL_TAKEN: gettext_lazy("The team that could go has no time left; another would."),
    Reason.NO_WINDOW: gettext_lazy("The hours fit no team's shift."),
    Reason.WINDOW_TAKEN: gettext_lazy("Within these hours the teams are elsewhere."),
    Reason.TOO_FAR: gettext_lazy("There and back takes longer than a shift."),
    Reason.NO_ROOM: gettext_lazy("It needs more than a team can carry."),
    Reason.FIXED_IN_THE_WAY: gettext_lazy("Beside the visits already agreed it fits nowhere."),
    Reason.NO_TIME: gettext_lazy("The day is full."),
}
BROUGHT = {
    FOUR_WHEEL_DRIVE: gettext_lazy("a car with four-wheel drive"),
    FACE_PHOTO: gettext_lazy("a camera for the photo"),
    TABLET: gettext_lazy("a tablet"),
}


def why_left_out(left: Unassigned) -> str:
    """One sentence."""
    if left.reason == Reason.NO_SKILL:
        return _("No team brings what is needed: %(things)s.") % {
            "things": _things(sorted(left.lacking))
        }
    return str(REASONS[left.reason])


def _things(needs: Iterable[str]) -> str:
    languages = dict(settings.LANGUAGES)
    words = []
    for need in needs:
        if need.startswith(LANGUAGE):
            code = need.removeprefix(LANGUAGE)
            words.append(str(languages.get(code, code)))
        elif need.startswith(THIS_TEAM):
            words.append(_("the team the visit was agreed with"))
        else:
            words.append(str(BROUGHT[need]))
    return " · ".join(words)
