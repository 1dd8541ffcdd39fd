"""The tablet: faces, one more question, thanks; in eight languages and without names."""

from uuid import uuid4

import pytest
from django.conf import settings

from outreach.classes.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(make_session):
    return make_session()


@pytest.fixture
def tablet(log_in):
    return log_in("desk")


def page(session, language="ja"):
    return f"/staff/classes/{session.pk}/feedback/?lang={language}"


def test_a_face_counts_at_once_and_the_second_answer_is_added(tablet, session):
    submission = uuid4()
    tablet.post(page(session), {"submission": submission, "answer": "hard"})
    assert Feedback.objects.get().again is None
    answers = {"submission": submission, "answer": "hard", "again": "yes"}
    for _twice in range(2):
        tablet.post(page(session), answers)
    feedback = Feedback.objects.get()
    assert (feedback.answer, feedback.again) == ("hard", True)


def test_a_trembling_finger_does_not_change_what_was_said(tablet, session):
    submission = uuid4()
    for again in ("no", "yes"):
        tablet.post(page(session), {"submission": submission, "answer": "easy", "again": again})
    assert Feedback.objects.get().again is False


@pytest.mark.parametrize(
    "sent",
    [
        {"answer": "easy"},
        {"submission": "12", "answer": "easy"},
        {"submission": uuid4(), "answer": "splendid"},
        {"submission": uuid4(), "answer": "easy", "again": "perhaps"},
    ],
    ids=["no number", "a wrong number", "no such face", "no such answer"],
)
def test_what_no_button_sends_is_not_counted(tablet, session, sent):
    assert tablet.post(page(session), sent).status_code == 200
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_page_speaks_the_language_of_who_holds_it(tablet, session, language):
    text = tablet.get(page(session, language)).content.decode()
    assert f'<html lang="{settings.LANGUAGE_TAGS[language]}">' in text


def test_an_unknown_language_is_japanese(tablet, session):
    assert '<html lang="ja">' in tablet.get(page(session, "xx")).content.decode()


def test_nothing_on_the_tablet_leads_to_a_staff_screen(tablet, session):
    text = tablet.get(page(session)).content.decode()
    links = {part.split('"')[0] for part in text.split('href="')[1:]}
    assert all("/feedback/" in link or link.startswith("/static/") for link in links)
    assert "madoguchi" not in text


def test_what_is_kept_says_neither_who_nor_at_which_minute():
    kept = {field.name for field in Feedback._meta.get_fields()}
    assert kept == {"id", "session", "submission", "answer", "again", "given_on"}
