"""The table of steps as a page of the docs: a mermaid diagram, and the same as a table."""

from outreach.visits.rules.transitions import DATES, SETTLED, TABLE, Actor, State

_HEAD = """# From a request to a card in the hand

Written by `manage.py visit_states` from `outreach/visits/rules/transitions.py`; a test compares.
"""
_WHOSE = {
    Actor.PLANNING: "planning",
    Actor.VISIT: "the outcome of a visit",
    Actor.DESK: "an officer",
    Actor.ASKER: "whoever asked",
}


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([_HEAD, "```mermaid", *_diagram(), "```", "", *_table(), "", *_days(), ""])


def _diagram() -> list[str]:
    return [
        "stateDiagram-v2",
        "    [*] --> open: asked",
        *(f"    {step.source} --> {step.target}: {step.what}" for step in TABLE),
        *(f"    {state} --> [*]" for state in State if state in SETTLED),
    ]


def _table() -> list[str]:
    return [
        "| from | to | what happens | whose doing |",
        "|---|---|---|---|",
        *(
            f"| {step.source} | {step.target} | {step.what} | {_WHOSE[step.actor]} |"
            for step in TABLE
        ),
    ]


def _days() -> list[str]:
    return [
        "| state | days it cannot be without |",
        "|---|---|",
        *(f"| {state} | {', '.join(days) or 'none'} |" for state, days in DATES.items()),
    ]
