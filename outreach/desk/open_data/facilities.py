"""公共施設一覧: the venues of classes and mobile desks."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from outreach.desk.open_data.plain import plain
from outreach.places.models import Venue
from outreach.places.rules.prefectures import prefecture_of

COLUMNS = (
    *("都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名"),
    *("名称", "名称_カナ", "名称_通称", "POIコード", "住所", "方書", "緯度", "経度"),
    *("電話番号", "内線番号", "法人番号", "団体名"),
    *("利用可能曜日", "開始時間", "終了時間", "利用可能日時特記事項"),
    *("説明", "バリアフリー情報", "URL", "備考"),
)


def rows(*, now: datetime) -> Iterator[list[object]]:
    """One line for each venue, whatever the time is; what nobody wrote down stays blank."""
    for venue in Venue.objects.order_by("pk"):
        known: dict[str, object] = {
            "都道府県コード又は市区町村コード": settings.CITY_CODE,
            "NO": f"{venue.pk:010d}",
            "都道府県名": prefecture_of(settings.CITY_CODE),
            "市区町村名": settings.CITY_NAME,
            "名称": plain(venue, "name"),
            "住所": plain(venue, "address"),
            "緯度": "" if venue.latitude is None else venue.latitude,
            "経度": "" if venue.longitude is None else venue.longitude,
            "電話番号": venue.phone,
            "説明": plain(venue, "access"),
            "バリアフリー情報": "段差なし" if venue.is_step_free else "",
            "備考": "駐車場あり" if venue.has_parking else "",
        }
        yield [known.get(column, "") for column in COLUMNS]
