"""The desk puts teams together; who is on one sees its visits."""

import pytest
from django.urls import reverse

from outreach.visits.models import Team

pytestmark = pytest.mark.django_db


def test_the_desk_makes_a_team(log_in, staff):
    path = reverse("wagtailsnippets_visits_team:add")

    desk = log_in("desk")
    hours = ("starts", "ends", "lunch_minutes", "lunch_from", "lunch_until")

    answer = desk.post(
        path,
        {
            **{name: getattr(Team(), name) for name in hours},
            "name": "訪問3班",
            "members": [staff("visitor").pk],
        },
    )

    assert answer.status_code == 302
    assert list(Team.objects.get().members.all()) == [staff("visitor")]


def test_two_teams_of_one_name_are_refused_with_the_name_kept(log_in):
    Team.objects.create(name="訪問1班")

    answer = log_in("desk").post(reverse("wagtailsnippets_visits_team:add"), {"name": "訪問1班"})

    assert answer.status_code == 200
    assert "訪問1班" in answer.content.decode()
    assert Team.objects.count() == 1


@pytest.mark.parametrize("role", ["visitor", "manager", "editor"])
def test_nobody_else_makes_teams(log_in, role):
    log_in(role).post(reverse("wagtailsnippets_visits_team:add"), {"name": "x"})

    assert not Team.objects.exists()
