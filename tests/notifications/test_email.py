from contextlib import contextmanager
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.utils import timezone

from notifications import mail_server
from notifications.actions.deliveries import deliver_due
from notifications.mail_server import NotAMailServer
from notifications.models import ContactPoint, Message
from notifications.transports import DeliveryError, DeliveryInDoubt
from notifications.transports.email import CONNECTIONS, Smtp
from tests import event_loops
from tests.cast import AKIKO, LINH
from tests.notifications.conftest import write_down
from tests.notifications.mail_stand_in import CUT, HANG, TAKE_AND_CUT, running_mail_server

TO_AKIKO = AKIKO.email


@pytest.fixture
def server(settings):
    """A mail server on this machine, and the settings that lead to it."""
    with running_mail_server() as stand_in:
        for name, value in stand_in.settings().items():
            setattr(settings, name, value)
        yield stand_in


@pytest.fixture
def email(db, queue):
    return queue(write_down(AKIKO, phone=None))


def send(*messages):
    async def one_after_the_other():
        transport = Smtp()
        try:
            return [await transport.send(message) for message in messages]
        finally:
            await transport.close()

    return event_loops.run(one_after_the_other())


@contextmanager
def refused(*, permanent):
    with pytest.raises(DeliveryError) as refusal:
        yield refusal
    assert refusal.value.permanent is permanent
    assert str(refusal.value)
    assert TO_AKIKO not in str(refusal.value)


def part(letter, subtype):
    return letter.get_body((subtype,)).get_content()


def test_the_letter_has_the_words_twice_and_loads_nothing(server, email):
    send(email)

    ((recipient, letter),) = server.taken
    assert recipient == TO_AKIKO
    assert letter["Subject"] == email.subject
    assert parseaddr(letter["From"]) == ("鹿角市", "card@city.example.com")
    assert email.body.splitlines()[0] in part(letter, "plain")
    page = part(letter, "html")
    assert '<html lang="ja">' in page
    assert email.body.splitlines()[0] in page
    assert not [mark for mark in ("<img", "<link", "src=", "url(") if mark in page]
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_name_cannot_add_marks_to_the_page(server, email):
    email.body = "<b>山瀬</b> & 'sons'"

    send(email)

    ((_, letter),) = server.taken
    assert "&lt;b&gt;山瀬&lt;/b&gt; &amp; &#x27;sons&#x27;" in part(letter, "html")
    assert "<b>山瀬</b> & 'sons'" in part(letter, "plain")


def test_the_letter_can_be_stopped_with_one_press(server, email, settings):
    # Longer than a line of a letter, as addresses of cities are.
    settings.SITE_URL = "https://todoke.information.city.kazuno.akita.example.com"

    send(email)

    ((_, letter),) = server.taken
    link = letter["List-Unsubscribe"].strip("<>")
    assert link.startswith(f"{settings.SITE_URL}/ja/stop/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in part(letter, "plain")
    assert link in part(letter, "html")


def test_the_language_of_the_letter_is_the_readers(server, db, queue):
    vietnamese = queue(write_down(LINH, phone=None, email="linh@example.com"))
    Message.objects.filter(pk=vietnamese.pk).update(language="ja-easy")

    send(Message.objects.select_related("point").get())

    ((_, letter),) = server.taken
    assert '<html lang="ja-x-easy">' in part(letter, "html")
    assert letter["Content-Language"] == "ja-x-easy"
    assert "/ja-easy/stop/" in letter["List-Unsubscribe"]


def test_every_attempt_carries_the_same_id_and_another_message_another(server, email, queue):
    other = queue(email.contact, reference="another")

    ids = send(email, email, other)

    in_letters = [letter["Message-ID"] for _, letter in server.taken]
    assert in_letters == [f"<{one}@city.example.com>" for one in ids]
    assert ids[0] == ids[1] != ids[2]
    assert email.reference not in in_letters[0]


@pytest.fixture
def present():
    """The moment the worker takes for now."""
    return timezone.now()


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_e_mails_and_notes_who_carried_them(server, queue, present):
    message = queue(write_down(AKIKO, phone=None), now=present)

    deliver_due(now=present)

    message.refresh_from_db()
    ((_, letter),) = server.taken
    assert (message.state, message.carrier) == ("sent", "smtp")
    assert message.provider_id in letter["Message-ID"]


@pytest.mark.django_db(transaction=True)
def test_who_has_no_mailbox_gets_a_letter_instead(server, queue, present):
    message = queue(write_down(AKIKO, phone=None, post="鹿角市花輪1"), now=present)
    server.answers["rcpt", TO_AKIKO] = "550 5.1.1 unknown user"

    deliver_due(now=present)

    message.refresh_from_db()
    assert (message.state, message.point.state) == ("failed", ContactPoint.State.WRONG)
    following = Message.objects.get(follows=message)
    assert (following.channel, following.state) == ("letter", "queued")


@pytest.mark.django_db(transaction=True)
def test_an_e_mail_in_doubt_goes_to_a_person_and_is_not_sent_again(server, queue, present):
    message = queue(write_down(AKIKO, phone=None), now=present)
    server.answers["end", ""] = TAKE_AND_CUT

    for later in range(3):
        deliver_due(now=present + timedelta(hours=later))

    message.refresh_from_db()
    assert message.state in Message.BEFORE_A_PERSON
    assert message.reason
    assert len(server.taken) == 1


def test_letters_share_a_connection(server, email):
    send(*[email] * 10)

    assert len(server.taken) == 10
    assert server.connections <= CONNECTIONS


@pytest.mark.parametrize(
    ("step", "answer", "point_state"),
    [
        pytest.param("rcpt", "550 5.1.1 unknown user", ContactPoint.State.WRONG, id="no mailbox"),
        pytest.param("rcpt", "550 who is that", ContactPoint.State.WRONG, id="no mailbox, bare"),
        pytest.param("rcpt", "550 5.1.10 null MX", ContactPoint.State.WRONG, id="takes no mail"),
        pytest.param("rcpt", "550 5.7.1 not from you", "", id="a policy"),
        pytest.param("rcpt", "552 5.2.2 mailbox full", "", id="full for good"),
        pytest.param("data", "554 no", "", id="the letter not wanted"),
        pytest.param("end", "554 5.7.1 spam", "", id="the letter refused"),
        pytest.param("end", "550 5.1.1 gone", ContactPoint.State.WRONG, id="no mailbox, said late"),
    ],
)
def test_a_refusal_for_good_says_why_and_what_it_taught(server, email, step, answer, point_state):
    server.answers[step, TO_AKIKO] = answer

    with refused(permanent=True) as refusal:
        send(email)

    assert refusal.value.point_state == point_state
    assert server.taken == []


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        pytest.param("rcpt", "450 4.2.1 greylisted", id="greylisted"),
        pytest.param("rcpt", "421 4.3.2 closing", id="the server closes"),
        pytest.param("rcpt", CUT, id="reset before the letter"),
        pytest.param("data", "451 4.3.0 not now", id="not now"),
        pytest.param("end", "452 4.3.1 disk full", id="letter not taken now"),
        pytest.param("helo", "554 no service", id="no service"),
        pytest.param("helo", CUT, id="reset at once"),
        pytest.param("mail", "553 5.1.8 bad sender", id="our own address refused"),
    ],
)
def test_what_was_certainly_not_taken_is_tried_again(server, email, step, answer):
    server.answers[step, ""] = answer

    with refused(permanent=False):
        send(email)

    assert server.taken == []


def test_a_server_that_is_not_there_has_taken_nothing(email, settings):
    settings.EMAIL_URL, settings.EMAIL_FROM = "smtp://127.0.0.1:9", "card@city.example.com"

    with refused(permanent=False):
        send(email)


@pytest.mark.parametrize("end", [CUT, TAKE_AND_CUT], ids=["not taken", "taken"])
def test_a_connection_lost_after_the_letter_leaves_a_doubt(server, email, end):
    server.answers["end", ""] = end

    with pytest.raises(DeliveryInDoubt) as doubt:
        send(email)

    assert TO_AKIKO not in str(doubt.value)
    assert len(server.taken) == (end == TAKE_AND_CUT)


@pytest.mark.parametrize(
    ("step", "fault"),
    [("mail", DeliveryError), ("end", DeliveryInDoubt)],
    ids=["before the letter", "after the letter"],
)
def test_a_server_that_falls_silent_is_not_waited_for(server, email, monkeypatch, step, fault):
    monkeypatch.setattr(mail_server, "TIMEOUT_SECONDS", 0.3)
    server.answers[step, ""] = HANG

    with pytest.raises(fault):
        send(email)


def test_a_kept_connection_that_the_server_closed_is_opened_again(server, email, monkeypatch):
    monkeypatch.setattr("notifications.transports.email.CONNECTIONS", 1)

    async def with_a_pause():
        transport = Smtp()
        await transport.send(email)
        server.answers["mail", ""] = "421 idle too long"
        with pytest.raises(DeliveryError):
            await transport.send(email)
        del server.answers["mail", ""]
        await transport.send(email)
        await transport.close()

    event_loops.run(with_a_pause())

    assert len(server.taken) == 2
    assert server.connections == 3


def test_one_refused_letter_does_not_hinder_the_next(server, email, queue, monkeypatch):
    monkeypatch.setattr("notifications.transports.email.CONNECTIONS", 1)
    other = queue(write_down(LINH, phone=None, email="linh@example.com"))
    server.answers["rcpt", TO_AKIKO] = "550 5.1.1 unknown user"

    async def both():
        transport = Smtp()
        with pytest.raises(DeliveryError):
            await transport.send(email)
        await transport.send(other)
        await transport.close()

    event_loops.run(both())

    assert [recipient for recipient, _ in server.taken] == ["linh@example.com"]


def test_an_address_mail_servers_cannot_be_given_is_noted_as_wrong(server, email):
    email.point.value = "山瀬@example.com"

    with pytest.raises(DeliveryError) as refusal:
        send(email)

    assert refusal.value.permanent
    assert refusal.value.point_state == ContactPoint.State.WRONG
    assert server.connections == 0


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://mail.example.com", 25, False, False),
        ("smtp+tls://card:secret@mail.example.com", 587, True, False),
        ("smtp+ssl://card:secret@mail.example.com", 465, False, True),
        ("smtp+tls://card:secret@mail.example.com:2525", 2525, True, False),
    ],
)
def test_the_address_of_the_server_says_how_to_connect(url, port, starttls, tls):
    server = mail_server.mail_server(url)

    assert (server.host, server.port) == ("mail.example.com", port)
    assert (server.starttls, server.tls) == (starttls, tls)
    assert server.user == ("card" if "card" in url else "")


@pytest.mark.parametrize(
    "url",
    ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://a:b", "consolemail://"],
)
def test_another_address_is_not_that_of_a_mail_server(url):
    with pytest.raises(NotAMailServer):
        mail_server.mail_server(url)
