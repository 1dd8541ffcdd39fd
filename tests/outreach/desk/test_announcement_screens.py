import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Announcement, Contact, Message
from outreach.desk.actions import announcements
from outreach.desk.actions.announcement_queue import queue_scheduled
from outreach.desk.actions.announcements import Written, fingerprint
from outreach.desk.announcement_check import check
from outreach.desk.announcement_progress import COLUMNS, progress
from outreach.desk.rules.audiences import Audience
from outreach.people.models import AccessRecord
from tests.cast import HARU, LI_NA, LINH

WORDS = {
    "title": "冬の教室",
    "purpose": "class-news",
    "ja_short": "【{city_name}】冬の教室です。配信停止は{city_phone}",
    "ja_subject": "冬の教室",
    "ja_long": "冬の教室を開きます。お問い合わせは{city_phone}へ。",
}


def at(name, announcement):
    return reverse(f"desk_staff:{name}", args=[announcement.pk])


def send_form(announcement, **changes):
    return {"when": "now", "seen": fingerprint(announcement), **changes}


def test_an_announcement_is_written_described_checked_and_sent(log_in, subscriber):
    for one in (HARU, LINH):
        subscriber(one)
    client = log_in("desk")

    written = client.post(
        reverse("desk_staff:new_announcement"), {**WORDS, "until_on": "2040-01-31"}
    )
    announcement = Announcement.objects.get()
    assert written["Location"] == at("announcement_audience", announcement)
    described = client.post(written["Location"], {"languages": ["ja"]})
    assert described["Location"] == at("announcement_check", announcement)
    page = client.get(described["Location"]).content.decode()
    assert "冬の教室を開きます。お問い合わせは0186-00-0100へ。" in page
    announcement.refresh_from_db()
    sent = client.post(described["Location"], send_form(announcement))

    assert sent["Location"] == at("announcement", announcement)
    announcement.refresh_from_db()
    assert (announcement.state, announcement.expected) == ("scheduled", 1)
    assert timezone.localtime(announcement.useless_after).isoformat()[:16] == "2040-01-31T23:59"
    assert HARU.name not in page


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        pytest.param({"ja_short": ""}, "id_ja_short", id="no SMS"),
        pytest.param({"ja_subject": ""}, "id_ja_subject", id="no subject"),
        pytest.param({"ja_long": ""}, "id_ja_long", id="no longer text"),
        pytest.param({"title": ""}, "id_title", id="no name"),
        pytest.param({"ja_short": "教室です。停止できます"}, "id_ja_short", id="no number"),
        pytest.param({"ja_short": "教室です。{city_phone}"}, "id_ja_short", id="no way out"),
        pytest.param({"ja_short": "あ" * 130 + "停止{city_phone}"}, "id_ja_short", id="too long"),
        pytest.param({"ja_long": "{name}様"}, "id_ja_long", id="a name in braces"),
        pytest.param({"ja_subject": "{my_url}"}, "id_ja_subject", id="a link in the subject"),
        pytest.param({"ja_long": "番号は123456789018"}, "id_ja_long", id="a number of a card"),
        pytest.param({"vi_short": "Lớp học"}, "id_vi_short", id="another language unfinished"),
        pytest.param({"vi_long": "Lớp học"}, "id_vi_subject", id="another subject missing"),
        pytest.param({"until_on": "昨日"}, "id_until_on", id="no date"),
        pytest.param({"until_at": "10:00"}, "id_until_on", id="a time without its day"),
        pytest.param({"until_on": "2020-01-31"}, "id_until_on", id="a day that is past"),
        pytest.param({"purpose": "visit"}, "id_purpose", id="not a purpose to announce"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(log_in, change, wrong):
    page = (
        log_in("desk")
        .post(reverse("desk_staff:new_announcement"), {**WORDS, **change})
        .content.decode()
    )

    summary = page.split("error-summary-title")[-1].split("</div>")[0]
    assert f'href="#{wrong}"' in summary
    assert "123456789018" not in page
    if "ja_short" not in change:
        assert WORDS["ja_short"] in page
    assert not Announcement.objects.exists()


def test_a_fault_in_another_language_names_it(log_in):
    page = log_in("desk").post(
        reverse("desk_staff:new_announcement"), {**WORDS, "ko_short": "교실", "ja_short": "教室"}
    )

    faults = page.content.decode().split("error-summary-title")[-1].split("</div>")[0]
    assert faults.count("<li>") == 4
    assert faults.count("한국어: ") == 2


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"born_from": "1960", "born_to": "1940"}, "id_born_to"),
        ({"born_from": "old"}, "id_born_from"),
        ({"classes_from": "2026-05-01", "classes_to": "2026-04-01"}, "id_classes_to"),
        ({"districts": ["nowhere"]}, "id_districts_0"),
    ],
)
def test_an_audience_nobody_can_follow_is_refused(log_in, draft, district, answers, wrong):
    announcement = draft()

    page = log_in("desk").post(at("announcement_audience", announcement), answers)

    assert f'href="#{wrong}"' in page.content.decode()
    announcement.refresh_from_db()
    assert announcement.audience == {}


def test_the_class_it_is_about_survives_another_audience(log_in, draft, session):
    announcement = draft(Audience(session=session.pk))

    log_in("desk").post(at("announcement_audience", announcement), {"languages": ["vi"]})

    announcement.refresh_from_db()
    assert announcement.audience == {"languages": ["vi"], "session": session.pk}


def test_the_check_says_what_it_costs_and_whose_words_are_missing(
    subscriber, draft, present, settings
):
    settings.SMS_PRICE_YEN = 10.5
    for one in (HARU, LINH, LI_NA):
        subscriber(one)
    words = [
        Written("ja", "あ" * 60 + "停止{city_phone}", "題", "文 {my_url}"),
        Written("vi", "Ngừng {city_phone} {my_url}", "Đề", "Chữ"),
    ]

    checked = check(draft(texts=words), now=present)

    readings = {reading.language: reading for reading in checked.readings}
    assert readings["ja"].missing == readings["vi"].missing == 0
    assert readings["zh-hans"].missing == 1
    assert readings["zh-hans"].sms.body.startswith("あああ")
    assert readings["zh-hans"].sms.parts == 2
    assert (readings["ja"].sms.people, readings["ja"].long_people) == (0, 1)
    assert checked.parts == 2 + readings["vi"].sms.parts
    assert checked.yen == -(-checked.parts * 105 // 10)
    # The example's link has the length of a real one and is nobody's.
    assert "/my/-" in readings["vi"].sms.body


def test_the_length_shown_is_the_length_that_is_sent(subscriber, draft, send):
    subscriber(LINH)
    announcement = draft(texts=[Written("ja", "停止{city_phone} {my_url}", "題", "文")])
    Contact.objects.filter(name=LINH.name).update(language="ja")
    shown = check(announcement, now=timezone.now()).readings[0].sms

    send(announcement)

    message = Message.objects.get()
    assert message.parts == shown.parts
    assert shown.units - len(message.body) in (0, 1)  # keys of one digit are shown as two


def test_who_looks_at_the_names_is_on_record(log_in, subscriber, draft, staff):
    haru, linh = subscriber(HARU), subscriber(LINH)
    announcement = draft()
    client = log_in("desk")

    everybody = client.get(at("announcement_people", announcement)).content.decode()
    by_sms = client.get(at("announcement_people", announcement) + "?channel=sms").content.decode()

    assert HARU.name in everybody
    assert HARU.name not in by_sms
    assert LINH.name in by_sms
    seen = AccessRecord.objects.filter(by=staff("desk"), screen="announcement/recipients")
    assert sorted(seen.values_list("person", flat=True)) == sorted([haru.pk, linh.pk, linh.pk])


@pytest.mark.parametrize("page", ["0", "x", "９", "99999", "-1"])
def test_a_page_that_is_not_there_breaks_nothing(log_in, draft, page):
    address = at("announcement_people", draft())

    assert log_in("desk").get(f"{address}?page={page}").status_code == 200


def test_a_colleague_allows_what_the_desk_has_written(log_in, subscriber, draft, settings, staff):
    settings.ANNOUNCEMENT_APPROVAL_ABOVE = 1
    for one in (HARU, LINH):
        subscriber(one)
    announcement = draft()
    desk, admin = log_in("desk"), log_in("admin")
    desk.post(at("announcement_check", announcement), send_form(announcement))
    seen = {"seen": fingerprint(announcement)}

    own = desk.get(at("announcement_check", announcement)).content.decode()
    assert at("approve_announcement", announcement) not in own
    desk.post(at("approve_announcement", announcement), seen)
    announcement.refresh_from_db()
    assert announcement.state == "waiting"
    theirs = admin.get(at("announcement_check", announcement)).content.decode()
    assert at("approve_announcement", announcement) in theirs
    admin.post(at("approve_announcement", announcement), seen)

    announcement.refresh_from_db()
    assert (announcement.state, announcement.approved_by) == ("scheduled", staff("admin"))


def test_who_sends_what_has_changed_is_asked_to_look_again(log_in, subscriber, draft):
    subscriber(HARU)
    announcement = draft()

    response = log_in("desk").post(
        at("announcement_check", announcement), send_form(announcement, seen="old")
    )

    assert response.status_code == 409
    announcement.refresh_from_db()
    assert announcement.state == "draft"


def test_it_can_be_planned_for_a_time_of_the_town(log_in, subscriber, draft):
    subscriber(HARU)
    announcement = draft()
    client = log_in("desk")

    unsaid = client.post(
        at("announcement_check", announcement), send_form(announcement, when="later")
    )
    assert 'href="#id_on"' in unsaid.content.decode()
    client.post(
        at("announcement_check", announcement),
        send_form(announcement, when="later", on="2040-12-05", at="午前10時"),
    )

    announcement.refresh_from_db()
    assert announcement.send_at.isoformat() == "2040-12-05T01:00:00+00:00"


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        pytest.param({"when": "later", "on": "2020-12-05", "at": "10:00"}, "id_on", id="past"),
        pytest.param({"when": "later", "on": "2041-12-05", "at": "10:00"}, "id_on", id="too late"),
        pytest.param({"when": "later", "on": "2040-01-01", "at": "0:00"}, "id_on", id="just late"),
    ],
)
def test_a_time_at_which_it_would_reach_nobody_is_refused(
    log_in, subscriber, draft, answers, wrong
):
    subscriber(HARU)
    announcement = draft()
    announcement.useless_after = datetime(2040, 1, 1, tzinfo=timezone.get_default_timezone())
    announcement.save()

    page = log_in("desk").post(
        at("announcement_check", announcement), send_form(announcement, **answers)
    )

    assert f'href="#{wrong}"' in page.content.decode()
    announcement.refresh_from_db()
    assert announcement.state == "draft"


def test_what_is_of_no_use_any_more_is_not_sent_now(log_in, subscriber, draft):
    subscriber(HARU)
    announcement = draft()
    announcement.useless_after = timezone.now() - timedelta(minutes=1)
    announcement.save()

    page = log_in("desk").post(at("announcement_check", announcement), send_form(announcement))

    assert 'href="#id_when_0"' in page.content.decode()
    announcement.refresh_from_db()
    assert announcement.state == "draft"


@pytest.mark.parametrize(("role", "sees"), [("admin", True), ("desk", True), ("manager", False)])
def test_the_menu_tells_who_may_allow_them_how_many_wait(log_in, draft, role, sees):
    announcement = draft()
    announcement.state = Announcement.State.WAITING
    announcement.save()

    page = log_in(role).get(reverse("wagtailadmin_home")).content.decode()

    # The menu travels as JSON.
    assert (json.dumps("お知らせ（1）").strip('"') in page) is sees


def test_a_test_goes_to_one_mobile_once(log_in, draft, staff):
    announcement = draft()
    typed = {"language": "ja", "phone": "090-0000-0099", "submission": str(uuid4())}
    client = log_in("desk")

    for _double_click in range(2):
        client.post(at("announcement_test", announcement), typed)

    message = Message.objects.get()
    assert (message.purpose, message.point.value) == ("announcement-test", "+819000000099")
    assert message.body.startswith("【鹿角市】")
    assert message.body.endswith(message.code)
    assert message.announcement is None
    assert message.contact.name == staff("desk").username
    assert progress(announcement).people == 0


def test_a_test_needs_a_mobile(log_in, draft):
    typed = {"language": "ja", "phone": "0186-00-0111", "submission": str(uuid4())}

    page = log_in("desk").post(at("announcement_test", draft()), typed).content.decode()

    assert 'href="#id_phone"' in page
    assert "0186-00-0111" in page
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_stopped_half_way_on_the_screen(log_in, subscriber, draft, send):
    for one in (HARU, LINH):
        subscriber(one)
    announcement = draft()
    send(announcement)
    client = log_in("desk")
    assert at("stop_announcement", announcement) in (
        client.get(at("announcement", announcement)).content.decode()
    )

    client.post(at("stop_announcement", announcement))

    assert set(Message.objects.values_list("state", flat=True)) == {"dropped"}
    page = client.get(at("announcement", announcement)).content.decode()
    assert at("stop_announcement", announcement) not in page


@pytest.mark.django_db(transaction=True)
def test_results_are_counted_by_channel_and_by_language(subscriber, draft, send):
    for one in (HARU, LINH, LI_NA):
        subscriber(one)
    announcement = draft()
    send(announcement)
    Message.objects.filter(contact__name=LINH.name).update(state="delivered")
    Message.objects.filter(contact__name=HARU.name).update(state="held")

    found = progress(announcement)

    assert found.people == 3
    assert [(str(line.name), line.counts) for line in found.by_channel] == [
        ("職員からの電話", {"undecided": 1}),
        ("SMS", {"arrived": 1, "waiting": 1}),
    ]
    assert [line.name for line in found.by_language] == ["ja"]
    assert found.all.total == 3


def test_every_state_of_a_message_has_its_column():
    states = [state for _name, states in COLUMNS for state in states]

    assert sorted(states) == sorted(Message.State)


def test_a_planned_one_is_taken_back_on_the_screen(log_in, subscriber, draft, present):
    subscriber(HARU)
    announcement = draft()
    announcements.submit(
        announcement=announcement,
        seen=fingerprint(announcement),
        now=present,
        send_at=present + timedelta(days=1),
    )

    log_in("desk").post(at("withdraw_announcement", announcement))

    announcement.refresh_from_db()
    assert announcement.state == "draft"
    assert queue_scheduled(now=present + timedelta(days=2)) == 0
