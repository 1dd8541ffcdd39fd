"""The demo's log-ins and teams."""

from django.contrib.auth.models import Group, User

from config.demo_staff import DEMO_PASSWORD, DEMO_STAFF
from config.roles import create_roles
from outreach.visits.models import Team

NAMES = {
    "editor": "佐々木 由美",
    "translator": "NGUYEN VAN AN",
    "desk": "成田 真紀",
    "visitor": "阿部 拓也",
    "manager": "海沼 修",
    "admin": "浅利 健一",
}


def hire() -> dict[str, User]:
    """One log-in per role, and two teams of which the visitor is on the first."""
    create_roles()
    users = {}
    for role, name in DEMO_STAFF.items():
        first = NAMES[role].split(maxsplit=1)
        user = User.objects.create_user(
            name, password=DEMO_PASSWORD, last_name=first[0], first_name=first[1]
        )
        user.groups.add(Group.objects.get(name=role))
        users[role] = user
    for number, members, brings in (
        (1, ["visitor", "desk"], {"languages": ["en", "vi"], "four_wheel_drive": True}),
        (2, ["desk"], {"languages": ["zh-hans"]}),
    ):
        team = Team.objects.create(name=f"訪問{number}班", **brings)
        team.members.set([users[role] for role in members])
    return users
