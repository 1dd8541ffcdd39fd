"""Settings fail loudly: each check has an id and a hint, and a good deployment passes them all."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks

from config.demo_staff import DEMO_PASSWORD, DEMO_STAFF

ROOT = Path(__file__).parent.parent
GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k3y-" + "q7Wz" * 20,
    "SITE_URL": "https://todoke.example.com",
    "CITY_PHONE": "0186-00-0100",
    "DATABASE_URL": "sqlite:///:memory:",
    "PATH": os.environ["PATH"],
}


def check_deploy(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**GOOD, "DATA_DIR": str(tmp_path), **changes},
        capture_output=True,
        text=True,
    )


def test_a_good_deployment_is_clean(tmp_path: Path) -> None:
    checked = check_deploy(tmp_path)

    assert checked.returncode == 0, checked.stderr


BAD = pytest.mark.parametrize(
    ("changes", "check_id"),
    [
        pytest.param({"SECRET_KEY": ""}, "todoke.E001", id="no secret key"),
        pytest.param({"CITY_PHONE": ""}, "todoke.E002", id="no telephone"),
        pytest.param({"SITE_URL": "todoke"}, "todoke.E003", id="site url is no address"),
        pytest.param({"CARD_TARGET_PERCENT": "ninety"}, "todoke.E005", id="target is no number"),
        pytest.param({"SMALLEST_CELL": "a few"}, "todoke.E044", id="smallest cell in words"),
        pytest.param({"SMALLEST_CELL": "-1"}, "todoke.E044", id="smallest cell below nothing"),
        pytest.param({"CARD_TARGET_PERCENT": "120"}, "todoke.E005", id="target above 100"),
        pytest.param(
            {"PUBLIC_SITE": "off", "STAFF_SITE": "off"}, "todoke.E006", id="both sites off"
        ),
        pytest.param({"SITE_URL": "http://todoke.example.com"}, "todoke.W001", id="no https"),
        pytest.param({"SMS_HOURS": "always"}, "notifications.E041", id="hours of no shape"),
        pytest.param({"NO_SENDING_DAYS": "new year"}, "notifications.E042", id="no days"),
        pytest.param({"CLASS_REMINDER_DAYS": "a week"}, "todoke.E041", id="days in words"),
        pytest.param({"FESTIVAL_DAYS": "August"}, "todoke.E044", id="a festival in words"),
        pytest.param({"CLOSED_DAYS": "12-32"}, "todoke.E044", id="a closed day that is none"),
        pytest.param({"CLASS_BUFFER_MINUTES": "half"}, "todoke.E045", id="a buffer in words"),
        pytest.param({"VISIT_GROUP_MINIMUM": "some"}, "todoke.E048", id="a group of some"),
        pytest.param({"VISIT_STEP_DAYS": "open:10"}, "todoke.E047", id="steps without a limit"),
        pytest.param({"VISIT_MINUTES_HOME": "0"}, "todoke.E049", id="visits without length"),
        pytest.param({"ROUTING_URL": "osrm"}, "todoke.E050", id="no routing server's address"),
        pytest.param({"CLASS_BUFFER_MINUTES": "1440"}, "todoke.E045", id="a buffer of a day"),
        pytest.param({"CLASS_REMINDER_DAYS": "-7"}, "todoke.E041", id="days after a class"),
        pytest.param({"RENEWAL_LADDER_DAYS": "-90;0"}, "todoke.E042", id="a ladder of no shape"),
        pytest.param({"RENEWAL_LADDER_DAYS": "-3650"}, "todoke.E042", id="ten years before"),
        pytest.param({"LOST_LINK_SECONDS": "soon"}, "todoke.E043", id="no seconds"),
        pytest.param({"LOST_LINK_SECONDS": "60"}, "todoke.E043", id="a minute of waiting"),
    ],
)


def rounds() -> Iterator[dict[str, str]]:
    """The bad settings, as many at once as leave no doubt which of them is spoken of."""
    waiting = [case.values for case in BAD.args[1]]
    while waiting:
        now: dict[str, str] = {}
        ids, later = set(), []
        for changes, check_id in waiting:
            if check_id in ids or now.keys() & changes.keys():
                later.append((changes, check_id))
            else:
                now.update(changes)
                ids.add(check_id)
        yield now
        waiting = later


@pytest.fixture(scope="module")
def said_about(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], str]:
    """What `check` says in a round with these changes; each round is a process that starts once."""

    @cache
    def said_in(number: int) -> str:
        checked = check_deploy(tmp_path_factory.mktemp("data"), **list(rounds())[number])
        assert checked.returncode != 0
        return checked.stderr

    def said(changes: dict[str, str]) -> str:
        (number,) = (i for i, one in enumerate(rounds()) if changes.items() <= one.items())
        return said_in(number)

    return said


@BAD
def test_a_bad_setting_is_named_with_its_id(
    changes: dict[str, str], check_id: str, said_about: Callable[[dict[str, str]], str]
) -> None:
    said = said_about(changes)

    assert re.search(rf"\({re.escape(check_id)}\) .*\n\s*HINT: ", said), said
    assert "INFOS:" not in said  # which nobody would have to heed


@pytest.mark.django_db
def test_demo_passwords_fail_a_deployment() -> None:
    User.objects.create_user(DEMO_STAFF["desk"], password=DEMO_PASSWORD)

    found = [
        error for error in run_checks(include_deployment_checks=True) if error.id == "todoke.E007"
    ]

    assert len(found) == 1
    assert DEMO_STAFF["desk"] in found[0].msg
    assert DEMO_PASSWORD not in found[0].msg


@pytest.mark.django_db
def test_a_changed_demo_password_passes() -> None:
    User.objects.create_user(DEMO_STAFF["desk"], password="another-long-one")

    assert not [
        error for error in run_checks(include_deployment_checks=True) if error.id == "todoke.E007"
    ]
