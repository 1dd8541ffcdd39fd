"""Open data: the columns of the standard, nothing that recognises anybody, all files or none."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from outreach.classes.models import ClassSession, Course
from outreach.coverage.models import Batch, Holding
from outreach.desk.management.commands.export_opendata import write_all
from outreach.places.models import District

pytestmark = pytest.mark.django_db

EVENTS = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,イベント名_カナ,"
    "イベント名_英語,開始日,終了日,開始時間,終了時間,開始日時特記事項,説明,料金(基本),料金(詳細),"
    "連絡先名称,連絡先電話番号,連絡先内線番号,主催者,場所名称,住所,方書,緯度,経度,アクセス方法,"
    "駐車場情報,定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考"
)
FACILITIES = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,名称_通称,POIコード,"
    "住所,方書,緯度,経度,電話番号,内線番号,法人番号,団体名,利用可能曜日,開始時間,終了時間,"
    "利用可能日時特記事項,説明,バリアフリー情報,URL,備考"
)
NAMES = {"イベント一覧.csv", "公共施設一覧.csv", "地区別カード保有状況.csv", "README.txt"}


def table(content):
    """A file's lines as dictionaries; the header must be there."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def ahead(make_session):
    starts_at = timezone.localtime().replace(hour=10, minute=0) + timedelta(days=10)
    return make_session(
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), room="第1会議室"
    )


@pytest.fixture
def counts(boundary_set):
    """Residents and cards of districts on one day."""

    def load(**districts):
        batch = Batch.objects.create(
            boundary_set=boundary_set,
            content_hash="0" * 64,
            as_of=date(2026, 1, 31),
            population_as_of=date(2025, 12, 31),
            file_name="counts.csv",
            sha256="0" * 64,
        )
        for number, (name, (residents, cards)) in enumerate(districts.items()):
            place = District.objects.create(boundary_set=boundary_set, code=f"0{number}", name=name)
            Holding.objects.create(
                batch=batch,
                district=place,
                age_from=-1,
                sex="b",
                residents=residents,
                cards=cards,
            )

    return load


def export(directory):
    said = io.StringIO()
    call_command("export_opendata", directory, stdout=said)
    return said.getvalue()


def test_the_folder_holds_three_tables_and_a_note(tmp_path, ahead):
    said = export(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == NAMES
    assert "イベント一覧.csv: 1" in said
    assert said.splitlines()[-1] == "files: 4"


@pytest.mark.parametrize(
    ("name", "header"), [("イベント一覧.csv", EVENTS), ("公共施設一覧.csv", FACILITIES)]
)
def test_columns_are_those_of_the_standard_in_their_order(tmp_path, ahead, name, header):
    export(tmp_path)
    content = (tmp_path / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n")[0] == header
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_class_is_an_event_with_day_place_and_how_to_register(client, ahead, settings):
    settings.CITY_PHONE = "0186-00-0100"
    (event,) = table(client.get("/opendata/events.csv").content)
    begins = timezone.localtime(ahead.starts_at)
    assert event["イベント名"] == "はじめてのスマホ教室"
    assert event["イベント名_英語"] == "Smartphone basics"
    assert event["都道府県名"] == "秋田県"
    assert event["開始日"] == event["参加申込終了日"] == begins.date().isoformat()
    assert (event["開始時間"], event["終了時間"]) == ("10:00", "11:30")
    assert (event["場所名称"], event["方書"]) == ("花輪市民センター", "第1会議室")
    assert (event["定員"], event["駐車場情報"]) == ("10", "あり")
    assert (event["緯度"], event["経度"], event["料金(基本)"]) == ("", "", "")
    assert client.get(event["URL"].removeprefix(settings.SITE_URL)).status_code == 200


def test_classes_that_are_over_called_off_or_for_some_are_no_events(client, ahead, make_session):
    make_session(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now())
    for_staff = Course.objects.create(slug="s", title_ja="職員", summary_ja="x", audience="staff")
    make_session(starts_at=ahead.starts_at, ends_at=ahead.ends_at, course=for_staff)
    assert len(table(client.get("/opendata/events.csv").content)) == 1
    ClassSession.objects.filter(pk=ahead.pk).update(state="called_off")
    cache.clear()
    assert not table(client.get("/opendata/events.csv").content)


def test_readings_are_left_out_of_names(client, ahead):
    Course.objects.update(title_ja="{教室|きょうしつ}\n一覧")
    assert table(client.get("/opendata/events.csv").content)[0]["イベント名"] == "教室 一覧"


def test_large_districts_are_shown_with_both_dates(client, counts):
    counts(花輪=(1000, 800), 大湯=(500, 430))
    hanawa, _oyu, whole = table(client.get("/opendata/cards-held.csv").content)
    assert (hanawa["人口"], hanawa["保有枚数"], hanawa["保有率"]) == ("1000", "800", "80.0")
    assert hanawa["保有枚数調査年月日"] == "2026-01-31"
    assert hanawa["人口調査年月日"] == "2025-12-31"
    assert (whole["地区名"], whole["人口"], whole["備考"]) == ("計", "1500", "")


@pytest.mark.parametrize(
    "small", [(400, 396), (12, 4)], ids=["few without a card", "few with a card"]
)
def test_a_small_district_is_left_out_and_one_more_so_that_sums_do_not_tell(client, counts, small):
    counts(花輪=(1000, 800), 大湯=(500, 430), 小豆沢=small)
    rows = {row["地区名"]: row for row in table(client.get("/opendata/cards-held.csv").content)}
    assert rows["小豆沢"]["保有枚数"] == rows["小豆沢"]["保有率"] == ""
    left_out = [name for name, row in rows.items() if row["備考"]]
    assert len(left_out) >= 2
    assert "計" not in left_out


def test_a_district_nobody_counted_is_not_nought(client, counts, boundary_set):
    counts(花輪=(1000, 800))
    District.objects.create(boundary_set=boundary_set, code="09", name="八幡平")
    rows = {row["地区名"]: row for row in table(client.get("/opendata/cards-held.csv").content)}
    assert (rows["八幡平"]["人口"], rows["八幡平"]["備考"]) == ("", "未集計")


def test_before_the_first_import_the_table_is_there_and_empty_of_numbers(client):
    (whole,) = table(client.get("/opendata/cards-held.csv").content)
    assert (whole["人口"], whole["保有枚数"]) == ("", "")


def test_the_tables_can_be_kept_by_anybody_on_the_way(client, ahead):
    response = client.get("/opendata/events.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_there_is_no_other_table(client):
    assert client.get("/opendata/people.csv").status_code == 404


def test_the_note_names_method_licence_and_minimum(tmp_path, settings):
    settings.SMALLEST_CELL, settings.OPENDATA_LICENCE = "12", "CC BY 4.0"
    export(tmp_path)
    note = (tmp_path / "README.txt").read_bytes().decode("utf-8-sig")
    for expected in ("12人", "CC BY 4.0", "相補的秘匿", settings.CITY_NAME):
        assert expected in note


def test_the_page_links_every_table(client):
    text = client.get("/en/opendata/").content.decode()
    for slug in ("events", "facilities", "cards-held"):
        assert f'href="/opendata/{slug}.csv"' in text


@pytest.mark.parametrize("place", ["missing", "a-file"])
def test_a_directory_that_is_not_there_is_refused(tmp_path, place):
    (tmp_path / "a-file").write_text("")
    with pytest.raises(CommandError, match="no such directory"):
        export(tmp_path / place)


def test_a_directory_where_nobody_may_write_is_refused():
    # Even the superuser of a test machine cannot make a file here.
    with pytest.raises(CommandError, match="nothing can be written"):
        export(Path("/proc"))


def test_what_stands_in_the_way_of_one_file_leaves_all_as_they_were(tmp_path):
    (tmp_path / "README.txt").mkdir()
    (tmp_path / "イベント一覧.csv").write_text("old")
    with pytest.raises(CommandError, match="README"):
        export(tmp_path)
    assert (tmp_path / "イベント一覧.csv").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"README.txt", "イベント一覧.csv"}


def test_a_file_that_cannot_be_put_in_place_gives_the_others_back(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_bytes(b"old")
    rename = Path.replace

    def fail(self, target):
        if self.name.startswith(".c.csv"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(CommandError, match="No space left"):
        write_all(tmp_path, {"a.csv": b"new", "b.csv": b"new", "c.csv": b"new"})
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"a.csv": b"old"}


def test_a_second_export_replaces_the_first(tmp_path, ahead):
    export(tmp_path)
    ClassSession.objects.all().delete()
    export(tmp_path)
    assert not table((tmp_path / "イベント一覧.csv").read_bytes())
    assert {path.name for path in tmp_path.iterdir()} == NAMES
