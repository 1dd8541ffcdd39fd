"""イベント一覧: classes residents can still register for, and days of mobile desks."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from outreach.classes.models import ClassSession, Course
from outreach.desk.open_data.plain import plain
from outreach.places.rules.prefectures import prefecture_of
from outreach.reception.models import OpeningDay, ReceptionPoint

COLUMNS = (
    *("都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名"),
    *("イベント名", "イベント名_カナ", "イベント名_英語"),
    *("開始日", "終了日", "開始時間", "終了時間", "開始日時特記事項"),
    *("説明", "料金(基本)", "料金(詳細)"),
    *("連絡先名称", "連絡先電話番号", "連絡先内線番号", "主催者"),
    *("場所名称", "住所", "方書", "緯度", "経度", "アクセス方法", "駐車場情報"),
    *("定員", "参加申込終了日", "参加申込終了時間", "参加申込方法", "URL", "備考"),
)
HOW_TO_REGISTER = "電話、窓口、ウェブサイト"
# Numbers of classes come before these.
MOBILE_DESKS_FROM = 5_000_000_000


def rows(*, now: datetime) -> Iterator[list[object]]:
    """One line for each class ahead that is open to all and each day a mobile desk comes."""
    sessions = ClassSession.objects.upcoming(now=now).filter(
        course__audience=Course.Audience.RESIDENTS
    )
    for session in sessions:
        yield _row(session)
    days = OpeningDay.objects.ahead(today=timezone.localdate(now))
    for day in days.filter(point__kind=ReceptionPoint.Kind.MOBILE_DESK):
        yield _row_of_desk(day)


def _row(session: ClassSession) -> list[object]:
    course, venue = session.course, session.venue
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return [
        settings.CITY_CODE,
        f"{session.pk:010d}",
        prefecture_of(settings.CITY_CODE),
        settings.CITY_NAME,
        plain(course, "title"),
        "",
        plain(course, "title", language="en"),
        begins.date().isoformat(),
        ends.date().isoformat(),
        f"{begins:%H:%M}",
        f"{ends:%H:%M}",
        "",
        plain(course, "summary"),
        "",
        "",
        settings.CITY_NAME,
        settings.CITY_PHONE,
        "",
        settings.CITY_NAME,
        plain(venue, "name"),
        plain(venue, "address"),
        session.room,
        _degrees(venue.latitude),
        _degrees(venue.longitude),
        plain(venue, "access"),
        "あり" if venue.has_parking else "",
        session.capacity,
        begins.date().isoformat(),  # until the class begins
        f"{begins:%H:%M}",
        HOW_TO_REGISTER,
        _public("classes:register", session.pk),
        "",
    ]


def _row_of_desk(day: OpeningDay) -> list[object]:
    point, venue = day.point, day.venue
    return [
        settings.CITY_CODE,
        f"{MOBILE_DESKS_FROM + day.pk:010d}",
        prefecture_of(settings.CITY_CODE),
        settings.CITY_NAME,
        plain(point, "name"),
        "",
        plain(point, "name", language="en"),
        day.on.isoformat(),
        day.on.isoformat(),
        f"{day.opens:%H:%M}",
        f"{day.closes:%H:%M}",
        f"{day.break_from:%H:%M}から{day.break_to:%H:%M}まで休憩" if day.break_from else "",
        "、".join(_in_japanese(point)),
        "",
        plain(point, "fees"),
        settings.CITY_NAME,
        settings.CITY_PHONE,
        "",
        settings.CITY_NAME,
        plain(venue, "name"),
        plain(venue, "address"),
        "",
        _degrees(venue.latitude),
        _degrees(venue.longitude),
        plain(venue, "access"),
        "あり" if venue.has_parking else "",
        "",
        "",
        "",
        HOW_TO_REGISTER,
        _public("counters:book", point.pk),
        "",
    ]


def _in_japanese(point: ReceptionPoint) -> list[str]:
    with translation.override(settings.LANGUAGE_CODE):
        return [str(service.label) for service in point.services]


def _degrees(value: float | None) -> object:
    return "" if value is None else value


def _public(name: str, key: int) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(name, args=[key], urlconf=settings.PUBLIC_URLCONF)
    return f"{settings.SITE_URL}{path}"
