"""A day's visits put in order: which team goes where, when, and why somebody is left out.

Pure: no ORM, no clock, no settings. `solve` asks PyVRP, `checker` says of any plan whether it
keeps every rule, and shares no code with it.
"""

from outreach.visits.planning.plan import Plan, PlannedStop, Reason, Route, Unassigned
from outreach.visits.planning.problem import Fixed, Lunch, Problem, Stop, Team, Travel, Window
from outreach.visits.planning.solve import FixedVisitsClash, solve

__all__ = [
    "Fixed",
    "FixedVisitsClash",
    "Lunch",
    "Plan",
    "PlannedStop",
    "Problem",
    "Reason",
    "Route",
    "Stop",
    "Team",
    "Travel",
    "Unassigned",
    "Window",
    "solve",
]
