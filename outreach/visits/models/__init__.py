from outreach.visits.models.custody_count import CustodyCount
from outreach.visits.models.request_conditions import RequestConditions
from outreach.visits.models.request_event import RequestEvent
from outreach.visits.models.request_group import RequestGroup
from outreach.visits.models.road_closure import RoadClosure
from outreach.visits.models.team import Team
from outreach.visits.models.team_day import TeamDay
from outreach.visits.models.visit import Visit
from outreach.visits.models.visit_mark import VisitMark
from outreach.visits.models.visit_participant import VisitParticipant
from outreach.visits.models.visit_request import VisitRequest

__all__ = [
    "CustodyCount",
    "RequestConditions",
    "RequestEvent",
    "RequestGroup",
    "RoadClosure",
    "Team",
    "TeamDay",
    "Visit",
    "VisitMark",
    "VisitParticipant",
    "VisitRequest",
]
