from io import StringIO

import pytest
from django.core.management import call_command

from notifications.models import Message


def run(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_delivering_once_says_what_became_of_the_messages(linh, queue):
    queue(linh)

    said = run("deliver_messages", "--once")

    assert said == "sent 1, queued 0, failed 0, dropped 0, held 0, unknown 0\n"
    assert Message.objects.get().state == "sent"


def test_delivering_says_that_sending_is_off_and_how_much_waits(linh, queue, settings):
    settings.SENDING_ALLOWED = False
    queue(linh)

    assert run("deliver_messages", "--once") == (
        "Sending is off (SENDING_ALLOWED). Messages waiting: 1.\n"
    )
    assert Message.objects.get().state == "queued"


def test_delivering_says_what_went_out_before_a_ceiling_and_how_much_waits(linh, queue, settings):
    settings.DAILY_SMS_CEILING = "1"
    queue(linh, reference="first")
    queue(linh, reference="second")

    said = run("deliver_messages", "--once")

    assert said.startswith("sent 1, ")
    assert "Sending is stopped: " in said
    assert said.endswith("Messages waiting: 1.\n")


def test_the_help_says_everything(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("deliver_messages", "--help")

    assert ended.value.code == 0
    assert "Safe to kill" in capsys.readouterr().out
