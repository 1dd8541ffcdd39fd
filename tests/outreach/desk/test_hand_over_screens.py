import csv
import io
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from notifications import letters
from notifications.models import Contact, ContactPoint, HandOver, Message
from outreach.classes.actions import registrations
from outreach.coverage.remarks import FileRefused
from outreach.desk.delivery_report import read_report
from outreach.people.actions import people
from outreach.people.models import AccessRecord
from tests.cast import AKIKO, HARU, LINH

LIST = "desk_staff:hand_overs"


@pytest.fixture
def client(log_in, settings):
    settings.SMS_BACKEND = "csv"
    return log_in("desk")


@pytest.fixture
def sms(client, registration):
    """Linh's confirmation, which waits for a file."""
    return Message.objects.get(contact__name=LINH.name)


@pytest.fixture
def letter(client, session, present):
    person = people.identify(name=HARU.name, post="〒018-5201 鹿角市花輪字八正寺13", language="ja")
    registrations.register(
        session=session, person=person, submission=uuid4(), how="phone", now=present
    )
    return Message.objects.get(contact=person.contact)


def make(client, kind):
    return client.post(reverse("desk_staff:make_hand_over"), {"kind": kind})


def press(client, what, hand_over, **answers):
    return client.post(reverse(f"desk_staff:{what}", args=[hand_over.pk]), answers)


def rows_of(response, encoding="utf-8-sig"):
    return list(csv.reader(io.StringIO(response.content.decode(encoding), newline="")))


def upload(client, text, name="report.csv"):
    content = text.encode() if isinstance(text, str) else text
    return client.post(
        reverse("desk_staff:delivery_report"), {"report": SimpleUploadedFile(name, content)}
    )


def test_a_file_goes_from_waiting_to_out(client, sms):
    assert "ファイルを作る" in client.get(reverse(LIST)).content.decode()

    made = make(client, "sms_file")
    hand_over = HandOver.objects.get()
    assert made.url == reverse("desk_staff:hand_over", args=[hand_over.pk])
    file = press(client, "hand_over_file", hand_over, encoding="utf-8")
    press(client, "finish_hand_over", hand_over)

    assert rows_of(file) == [
        ["受付番号", "電話番号", "本文"],
        [sms.reference, LINH.phone, sms.body],
    ]
    assert file.content.endswith(b"\r\n")
    assert "attachment" in file["Content-Disposition"]
    assert "no-store" in file["Cache-Control"]
    assert Message.objects.get().state == "sent"


def test_everybody_in_a_download_gets_an_access_record(client, staff, sms):
    make(client, "sms_file")
    assert not AccessRecord.objects.filter(action="export").exists()

    press(client, "hand_over_file", HandOver.objects.get(), encoding="utf-8")

    record = AccessRecord.objects.get(action="export")
    assert (record.by, record.person.name) == (staff("desk"), LINH.name)


def test_shift_jis_is_refused_where_it_lacks_the_letters(client, sms):
    Message.objects.update(body="Lớp học điện thoại thông minh")
    make(client, "sms_file")

    answer = press(client, "hand_over_file", HandOver.objects.get(), encoding="cp932")

    assert answer.status_code == 409
    assert not AccessRecord.objects.filter(action="export").exists()


def test_shift_jis_is_written_where_it_has_them(client, sms):
    Message.objects.update(body="9時〜11時 教室です")
    make(client, "sms_file")

    answer = press(client, "hand_over_file", HandOver.objects.get(), encoding="cp932")

    assert rows_of(answer, "cp932")[1][2] == "9時～11時 教室です"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(client, sms, sign):
    Message.objects.update(body=f"{sign}HYPERLINK(1)")
    make(client, "sms_file")

    answer = press(client, "hand_over_file", HandOver.objects.get(), encoding="utf-8")

    assert not any(cell.startswith(sign) for row in rows_of(answer) for cell in row)


def test_an_unknown_encoding_gives_no_file(client, sms):
    make(client, "sms_file")

    assert press(client, "hand_over_file", HandOver.objects.get(), encoding="x").status_code == 400


def test_a_settled_file_cannot_be_downloaded_again(client, sms):
    make(client, "sms_file")
    hand_over = HandOver.objects.get()
    press(client, "finish_hand_over", hand_over)

    answer = press(client, "hand_over_file", hand_over, encoding="utf-8")

    assert answer.url == reverse(LIST)
    assert not AccessRecord.objects.filter(action="export").exists()


def test_discarding_puts_the_messages_back(client, sms):
    make(client, "sms_file")
    press(client, "discard_hand_over", HandOver.objects.get())

    assert Message.objects.get().hand_over is None


def test_who_may_only_read_the_outbox_makes_no_file(client, staff, sms):
    make(client, "sms_file")
    Group.objects.get(name="desk").permissions.remove(
        Permission.objects.get(codename="add_handover")
    )
    hand_over = HandOver.objects.get()

    assert client.get(reverse(LIST)).status_code == 200
    assert (
        '<form method="post"'
        not in client.get(reverse("desk_staff:hand_over", args=[hand_over.pk])).content.decode()
    )
    for what in ("hand_over_file", "finish_hand_over", "discard_hand_over"):
        press(client, what, hand_over, encoding="utf-8")

    assert not AccessRecord.objects.filter(action="export").exists()
    assert HandOver.objects.get().state == "open"


def test_a_file_that_does_not_exist_is_not_there(client, db):
    for what in ("hand_over_file", "finish_hand_over", "discard_hand_over"):
        address = reverse(f"desk_staff:{what}", args=[404])
        assert client.post(address, {"encoding": "utf-8"}).status_code == 404


def test_nothing_is_made_of_nothing(client, db):
    for kind in ("sms_file", "letters", "postcards", "nonsense"):
        assert make(client, kind).url == reverse(LIST)

    assert not HandOver.objects.exists()


def test_letters_come_as_pages_to_print(client, letter):
    make(client, "letters")

    answer = press(client, "hand_over_file", HandOver.objects.get())

    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    assert "八正寺" in page.extract_text()
    assert AccessRecord.objects.get(action="export").person.name == HARU.name


def test_a_protected_address_is_on_no_page(client, letter):
    make(client, "letters")
    Contact.objects.update(protected=True)

    answer = press(client, "hand_over_file", HandOver.objects.get())

    assert answer.status_code == 409
    assert Message.objects.get().state == "held"


def test_without_pango_the_screen_says_so_and_letters_wait(client, letter, monkeypatch):
    make(client, "letters")
    monkeypatch.setattr(letters, "LIBRARIES", ("libnowhere.so.0",))

    assert "Pango" in client.get(reverse(LIST)).content.decode()
    answer = press(client, "hand_over_file", HandOver.objects.get())

    assert answer.status_code == 503
    assert "Pango" in answer.content.decode()
    assert Message.objects.get().state == "queued"


@pytest.fixture
def handed_over(client, sms, visit_request):
    """A file with two messages, Linh's and Akiko's, that is out."""
    make(client, "sms_file")
    press(client, "finish_hand_over", HandOver.objects.get())
    return {
        "linh": sms,
        "akiko": Message.objects.get(contact__name=AKIKO.name),
    }


def state_of(message):
    return Message.objects.get(pk=message.pk).state


def test_a_report_settles_what_it_names(client, handed_over):
    linh, akiko = handed_over["linh"], handed_over["akiko"]

    answer = upload(
        client,
        f"受付番号,結果,理由\r\n{linh.reference},送達,\r\n{akiko.reference},不達,圏外\r\n",
    )

    assert answer.url == reverse(LIST)
    assert (state_of(linh), state_of(akiko)) == ("delivered", "failed")
    failed = Message.objects.get(pk=akiko.pk)
    assert failed.reason == "圏外"
    # Who carried it and when stays known.
    assert failed.carrier == "csv"
    assert failed.sent_at is not None


def test_what_did_not_arrive_goes_on_by_the_next_way(client, handed_over):
    akiko = handed_over["akiko"]

    upload(client, f"受付番号,結果\n{akiko.reference},不達\n")

    following = Message.objects.get(follows=akiko)
    assert (following.channel, following.state) == ("email", "queued")


def test_a_report_in_shift_jis_is_read_as_well(client, handed_over):
    linh = handed_over["linh"]

    upload(client, f"結果,受付番号\r\n送達,{linh.reference}\r\n".encode("cp932"))

    assert state_of(linh) == "delivered"


def test_a_report_that_says_stop_stops_the_number(client, handed_over):
    linh = handed_over["linh"]

    upload(client, f"受付番号,結果\n{linh.reference},停止\n")

    assert ContactPoint.objects.get(pk=linh.point_id).state == ContactPoint.State.STOPPED
    assert state_of(linh) == "failed"


def test_the_same_report_again_changes_nothing(client, handed_over):
    linh = handed_over["linh"]
    text = f"受付番号,結果\n{linh.reference},不達\n"

    upload(client, text)
    events = linh.events.count()
    assert upload(client, text).url == reverse(LIST)

    assert linh.events.count() == events


@pytest.mark.parametrize(
    ("bad", "row", "column"),
    [
        pytest.param("受付番号,結果,メモ\n{linh},送達,x", 1, "メモ", id="unknown column"),
        pytest.param("受付番号\n{linh}", 1, "結果", id="missing column"),
        pytest.param("受付番号,結果,結果\n{linh},送達,送達", 1, "結果", id="column twice"),
        pytest.param("受付番号,結果\n{linh},送達\nx:1,送達", 3, "受付番号", id="unknown row"),
        pytest.param("受付番号,結果\n{linh},送達\n{akiko},済", 3, "結果", id="other word"),
        pytest.param("受付番号,結果\n{linh},送達\n{linh},不達", 3, "受付番号", id="row twice"),
        pytest.param("受付番号,結果,理由\n{linh},不達,{number}", 2, "理由", id="not kept"),
        pytest.param("受付番号,結果,理由\n{linh},不達,{long}", 2, "理由", id="too long"),
        pytest.param("受付番号,結果", None, "", id="no rows"),
    ],
)
def test_a_report_with_a_fault_changes_nothing_and_says_where(
    client, handed_over, bad, row, column
):
    references = {name: message.reference for name, message in handed_over.items()}
    text = bad.format(**references, number="123456789018", long="長" * 201)

    with pytest.raises(FileRefused) as refusal:
        read_report(text.encode())
    answer = upload(client, text)

    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [(row, column)]
    assert answer.status_code == 400
    assert "<li>report.csv" in answer.content.decode()
    assert "123456789018" not in answer.content.decode()
    assert {state_of(message) for message in handed_over.values()} == {"sent"}


def test_no_file_and_an_empty_file_are_refused(client, db):
    assert client.post(reverse("desk_staff:delivery_report")).status_code == 400
    assert upload(client, "").status_code == 400


def test_a_final_state_is_not_changed_by_a_later_report(client, handed_over):
    linh = handed_over["linh"]
    upload(client, f"受付番号,結果\n{linh.reference},送達\n")

    answer = upload(client, f"受付番号,結果\n{linh.reference},不達\n")

    assert answer.status_code == 400
    assert state_of(linh) == "delivered"


def test_a_report_on_what_is_not_out_is_refused(client, sms):
    make(client, "sms_file")

    answer = upload(client, f"受付番号,結果\n{sms.reference},送達\n")

    assert answer.status_code == 400
    assert state_of(sms) == "queued"


def test_a_message_of_another_carrier_is_in_no_report(client, sms):
    Message.objects.update(state="sent", carrier="twilio")

    assert upload(client, f"受付番号,結果\n{sms.reference},不達\n").status_code == 400
    assert state_of(sms) == "sent"
