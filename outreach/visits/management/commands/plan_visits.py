import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mynumber.rules.wareki import DateNotUnderstood, parse_japanese_date
from outreach.visits.day_problem import Day
from outreach.visits.models import Team
from outreach.visits.plan_words import why_left_out
from outreach.visits.proposal import CannotPlan, Proposal, propose
from outreach.visits.road_times import ESTIMATE, RoutingUnavailable


class Command(BaseCommand):
    help = (
        "Proposes the routes of one day: who is visited when by which team, and why somebody is "
        "left out. Changes nothing; a proposal is saved on the staff screen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", required=True, help="the day to plan, in any calendar")
        parser.add_argument("--team", type=int, metavar="N", help="plan this team's day alone")
        parser.add_argument(
            "--estimate",
            action="store_true",
            help="do not ask the routing server; driving times are estimated from distances",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            on = parse_japanese_date(options["date"])
        except DateNotUnderstood as error:
            raise CommandError(f"--date: {_(str(error))}") from None
        if on < timezone.localdate(now):
            raise CommandError(_("--date: this day has passed. Choose today or a later day."))
        team = Team.objects.filter(pk=options["team"]).first() if options["team"] else None
        if options["team"] is not None and team is None:
            raise CommandError(
                _("--team: there is no team %(number)s. There are: %(teams)s.")
                % {
                    "number": options["team"],
                    "teams": ", ".join(
                        f"{each.pk} {each}" for each in Team.objects.to_choose_from()
                    )
                    or "–",
                }
            )
        try:
            proposal, day = propose(on=on, now=now, team=team, estimated=options["estimate"])
        except (CannotPlan, RoutingUnavailable) as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps(as_json(proposal, day), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(proposal, day))


def as_json(proposal: Proposal, day: Day) -> dict[str, object]:
    """The object other programs read: visits by reference, moments with the town's offset."""
    return {
        "routes": [
            {
                "team": route.team,
                "stops": [
                    {
                        "visit": day.requests[stop.stop].reference,
                        "arrive": day.at(stop.arrive).isoformat(),
                        "leave": day.at(stop.leave).isoformat(),
                    }
                    for stop in route.stops
                ],
            }
            for route in proposal.plan.routes
        ],
        "unassigned": [
            *(
                {"visit": day.requests[left.stop].reference, "reason": str(left.reason)}
                for left in proposal.plan.unassigned
            ),
            *({"visit": request.reference, "reason": "no_place"} for request in day.unplaced),
        ],
    }


def as_text(proposal: Proposal, day: Day) -> str:
    """The same for people, by reference alone; counts last."""
    lines = []
    for route in proposal.plan.routes:
        lines.append(
            f"{day.teams[route.team]}  {day.at(route.departs):%H:%M}–{day.at(route.returns):%H:%M}"
        )
        lines += [
            f"  {day.at(stop.arrive):%H:%M}–{day.at(stop.leave):%H:%M}  "
            f"{day.requests[stop.stop].reference}"
            for stop in route.stops
        ]
    left = [
        *((each.stop, why_left_out(each)) for each in proposal.plan.unassigned),
        *((request.pk, _("Nobody knows where: no district.")) for request in day.unplaced),
    ]
    if left:
        lines.append(_("Left out"))
        lines += [f"  {day.requests[key].reference}  {why}" for key, why in left]
    if proposal.travel_source == ESTIMATE:
        lines.append(_("Driving times are estimated from distances."))
    made = sum(len(route.stops) for route in proposal.plan.routes)
    lines.append(
        ngettext("%(count)d visit planned,", "%(count)d visits planned,", made) % {"count": made}
        + " "
        + _("%(count)d left out.") % {"count": len(left)}
    )
    return "\n".join(lines)
