"""System checks of the settings of home visits and mobile desks."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from outreach.reception.roads import (
    ReachNotUnderstood,
    reach_minutes,
    reached_for_months,
    roads,
)
from outreach.visits.planning_figures import FigureNotUnderstood, figures
from outreach.visits.rules.step_limits import LimitsNotUnderstood
from outreach.visits.step_limits import limits


@register()
def steps_of_visits_can_be_read(**_: Any) -> list[CheckMessage]:
    try:
        limits()
    except LimitsNotUnderstood as fault:
        return [
            Error(
                f"VISIT_STEP_DAYS cannot be read: {fault}",
                hint="Give working days for every step, for example 'open:10, planned:1, …'.",
                id="todoke.E047",
            )
        ]
    return []


@register()
def figures_of_planning_can_be_read(**_: Any) -> list[CheckMessage]:
    try:
        figures()
    except FigureNotUnderstood as fault:
        return [
            Error(
                f"A setting of planning visits cannot be read. {fault}",
                hint="The README names the settings of planning, each with its default.",
                id="todoke.E049",
            )
        ]
    return []


@register()
def group_minimum_is_a_number(**_: Any) -> list[CheckMessage]:
    if settings.VISIT_GROUP_MINIMUM.isascii() and settings.VISIT_GROUP_MINIMUM.isdecimal():
        return []
    return [
        Error(
            f"VISIT_GROUP_MINIMUM is not a number of people: {settings.VISIT_GROUP_MINIMUM!r}.",
            hint="Set it to the fewest people of a facility a visit is worth, for example 5.",
            id="todoke.E048",
        )
    ]


@register()
def routing_server_has_an_address(**_: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.ROUTING_URL)
    scheme = parts.scheme.removeprefix("osrm+").removeprefix("valhalla+")
    if not settings.ROUTING_URL or (scheme in ("http", "https") and parts.hostname):
        return []
    return [
        Error(
            f"ROUTING_URL is not an address: {settings.ROUTING_URL!r}.",
            hint="Write it like http://127.0.0.1:5000 (OSRM) or valhalla+http://127.0.0.1:8002.",
            id="todoke.E050",
        )
    ]


@register()
def reach_of_mobile_desks_can_be_read(**_: Any) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    for read in (roads, reach_minutes, reached_for_months):
        try:
            read()
        except ReachNotUnderstood as fault:
            faults.append(
                Error(
                    str(fault),
                    hint="The README names the settings of the way to a mobile desk.",
                    id="todoke.E051",
                )
            )
    return faults
