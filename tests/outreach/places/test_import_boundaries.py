import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from outreach.places.models import BoundarySet, District, Venue
from tests.outreach.places.drawn_files import (
    BOW_TIE,
    geojson,
    polygon,
    shapefile,
    zipped,
)

pytestmark = pytest.mark.django_db

OWN = [
    {"code": "05209001", "name": "花輪", "name_roman": "Hanawa", "old": "花輪町"},
    {"code": "05209002", "name": "尾去沢", "name_roman": "Osarizawa", "old": "尾去沢町"},
    {"code": "05209003", "name": "十和田", "name_roman": "", "old": "花輪町"},
]


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def load(path: Path, **options: Any) -> str:
    """What the command says on success."""
    out = io.StringIO()
    call_command("import_boundaries", str(path), stdout=out, **options)
    return out.getvalue()


def refused(path: Path, **options: Any) -> list[str]:
    """The lines the command refuses a file with; nothing may be written."""
    before = list(BoundarySet.objects.values_list("pk", "is_active"))
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_boundaries", str(path), stdout=io.StringIO(), stderr=err, **options)
    assert list(BoundarySet.objects.values_list("pk", "is_active")) == before
    return err.getvalue().splitlines()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return geojson(tmp_path / "areas.geojson", OWN)


def test_a_plain_file_is_read_by_its_own_columns(own: Path) -> None:
    said = load(own)

    districts = District.objects.in_force()
    assert list(districts.values_list("code", "name", "name_roman")) == [
        ("05209001", "花輪", "Hanawa"),
        ("05209002", "尾去沢", "Osarizawa"),
        ("05209003", "十和田", ""),
    ]
    assert "3" in said.splitlines()[-1]


def test_the_point_of_a_district_lies_inside_it(own: Path) -> None:
    load(own)

    district = District.objects.get(code="05209002")

    assert (district.longitude, district.latitude) == (140.795, 40.185)


def test_parents_are_made_of_their_parts(own: Path) -> None:
    import shapely.geometry

    load(own, parent="old")

    parent = District.objects.get(code="花輪町")
    assert [part.code for part in parent.parts.order_by("code")] == ["05209001", "05209003"]
    assert shapely.geometry.shape(parent.boundary).area == pytest.approx(2 * 0.01**2)
    assert list(District.objects.leaves().order_by("code").values_list("code", flat=True)) == [
        row["code"] for row in OWN
    ]


def test_the_drawing_holds_the_leaves_and_nothing_else(own: Path) -> None:
    load(own, parent="old", credit="出典：試験用")

    drawing = json.loads(gzip.decompress(bytes(BoundarySet.objects.in_force().drawing)))

    assert [feature["id"] for feature in drawing["features"]] == [row["code"] for row in OWN]
    assert drawing["features"][0]["properties"] == {"code": "05209001", "name": "花輪"}
    assert drawing["attribution"] == "出典：試験用"


def test_several_polygons_of_one_code_become_one_district(tmp_path: Path) -> None:
    rows = [
        {"code": "1", "name": "花輪"},
        {"code": "2", "name": "大湯"},
        {"code": "1", "name": "花輪"},
    ]

    load(geojson(tmp_path / "areas.geojson", rows))

    assert District.objects.get(code="1").boundary["type"] == "MultiPolygon"
    assert District.objects.count() == 2


def test_invalid_shapes_are_repaired_and_counted(tmp_path: Path) -> None:
    import shapely.geometry

    shapes = [polygon(0, corners=BOW_TIE), polygon(1)]
    said = load(geojson(tmp_path / "areas.geojson", OWN[:2], shapes))

    assert shapely.geometry.shape(District.objects.get(code="05209001").boundary).is_valid
    assert any(line.endswith("1.") for line in said.splitlines())


def test_neighbours_keep_the_same_border_when_simplified(tmp_path: Path) -> None:
    import shapely.geometry

    # A border with a bend too small to be seen, written in both neighbours.
    bend = [[1, 0.5], [1.0005, 0.5005], [1, 0.501]]
    left = [[0, 0], [1, 0], *bend, [1, 1], [0, 1], [0, 0]]
    right = [[1, 0], [2, 0], [2, 1], [1, 1], *reversed(bend), [1, 0]]
    shapes = [polygon(0, corners=left), polygon(0, corners=right)]
    load(geojson(tmp_path / "areas.geojson", OWN[:2], shapes))

    one, other = (
        shapely.geometry.shape(district.boundary) for district in District.objects.order_by("code")
    )

    assert one.intersection(other).length == pytest.approx(0.01)
    assert one.intersection(other).area == 0
    assert len(one.exterior.coords) == 5


@pytest.mark.parametrize(
    ("rows", "codes", "names"),
    [
        pytest.param(
            [
                {"KEY_CODE": "052090010", "S_NAME": "花輪", "HCODE": 8101},
                {"KEY_CODE": "052090020", "S_NAME": "十和田湖", "HCODE": 8154},
            ],
            ["052090010"],
            ["花輪"],
            id="e-Stat, its water left out",
        ),
        pytest.param(
            [{"KEY_CODE": "05209", "S_NAME": None, "CITY_NAME": "鹿角市", "HCODE": 8101}],
            ["05209"],
            ["鹿角市"],
            id="e-Stat without a small name",
        ),
        pytest.param(
            [
                {"N03_003": None, "N03_004": "鹿角市", "N03_007": "05209"},
                {"N03_003": "仙台市", "N03_004": None, "N03_007": "04100"},
                {"N03_003": None, "N03_004": "所属未定地", "N03_007": None},
            ],
            ["04100", "05209"],
            ["仙台市", "鹿角市"],
            id="N03, nobody's land left out",
        ),
        pytest.param(
            [{"code": "05209001", "name_ja": "花輪"}], ["05209001"], ["花輪"], id="name_ja"
        ),
    ],
)
def test_known_layouts_are_found_by_their_columns(
    tmp_path: Path, rows: list[dict[str, Any]], codes: list[str], names: list[str]
) -> None:
    load(geojson(tmp_path / "areas.geojson", rows))

    districts = District.objects.in_force()
    assert [district.code for district in districts] == codes
    assert [district.name for district in districts] == names


@pytest.mark.parametrize(
    ("column", "number", "code"),
    [
        pytest.param("KEY_CODE", 52090010, "052090010", id="e-Stat, nine digits"),
        pytest.param("KEY_CODE", 5209001000, "05209001000", id="e-Stat, eleven digits"),
        pytest.param("KEY_CODE", 132010010, "132010010", id="e-Stat, no zero to lose"),
        pytest.param("N03_007", 5209, "05209", id="N03"),
        pytest.param("code", 5209001, "05209001", id="ours, begins with the city's code"),
        pytest.param("code", 7, "7", id="ours, a number of its own"),
    ],
)
def test_codes_written_as_numbers_get_back_only_a_zero_they_surely_lost(
    tmp_path: Path, column: str, number: int, code: str
) -> None:
    name = {"KEY_CODE": "S_NAME", "N03_007": "N03_004", "code": "name"}[column]

    load(geojson(tmp_path / "areas.geojson", [{column: number, name: "花輪"}]))

    assert District.objects.get().code == code


@pytest.mark.parametrize(
    "crs", ["EPSG:4612", "EPSG:6668", "EPSG:6678"], ids=["JGD2000", "JGD2011", "plane, zone X"]
)
@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_shapefiles_in_japanese_coordinates_and_encodings(
    tmp_path: Path, crs: str, encoding: str
) -> None:
    rows = [{"KEY_CODE": "052090010", "S_NAME": "花輪字荒田", "HCODE": 8101}]
    path = shapefile(tmp_path / "h27ka05209.shp", rows, encoding=encoding, crs=crs)

    load(path)

    district = District.objects.get()
    assert (district.code, district.name) == ("052090010", "花輪字荒田")
    assert (district.longitude, district.latitude) == pytest.approx((140.785, 40.185), abs=1e-4)


def test_a_zipped_shapefile_in_a_folder_with_a_japanese_name(tmp_path: Path) -> None:
    shapefile(tmp_path / "areas.shp", [{"code": "1", "name": "花輪"}], crs="EPSG:6668")
    archive = zipped(tmp_path / "a.zip", sorted(tmp_path.glob("areas.*")), folder="境界データ/")

    load(archive)

    assert District.objects.get().name == "花輪"


def test_a_geopackage(tmp_path: Path) -> None:
    import geopandas
    from shapely.geometry import shape

    path = tmp_path / "areas.gpkg"
    geopandas.GeoDataFrame(
        [{"code": "01", "name": "花輪"}], geometry=[shape(polygon(0))], crs="EPSG:6668"
    ).to_file(path, driver="GPKG", engine="pyogrio")

    load(path)

    assert District.objects.get().code == "01"


def test_columns_may_be_named_by_hand(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [{"key": "05", "label": "花輪", "latin": "Hanawa"}])

    load(path, code="key", name="label", roman="latin", set_name="大字界")

    assert District.objects.get().name_roman == "Hanawa"
    assert BoundarySet.objects.in_force().name == "大字界"


def test_the_former_set_stays_as_history(own: Path, tmp_path: Path) -> None:
    load(own)
    load(geojson(tmp_path / "new.geojson", OWN[:1]))

    assert BoundarySet.objects.count() == 2
    assert BoundarySet.objects.in_force().name == "new"
    assert District.objects.in_force().count() == 1


def test_the_same_file_twice_changes_nothing_and_says_so(own: Path) -> None:
    load(own)
    first = BoundarySet.objects.in_force()

    said = load(own)

    assert BoundarySet.objects.get() == first
    assert "areas" in said.splitlines()[-2]
    assert len(said.splitlines()) == 6


def test_the_same_file_grouped_otherwise_is_another_set(own: Path) -> None:
    load(own)

    load(own, parent="old")

    assert BoundarySet.objects.count() == 2
    assert District.objects.in_force().filter(code="花輪町").exists()


def test_a_former_file_brings_its_former_set_back(own: Path, tmp_path: Path) -> None:
    load(own)
    first = BoundarySet.objects.in_force()
    load(geojson(tmp_path / "new.geojson", OWN[:1]))

    load(own)

    assert BoundarySet.objects.in_force() == first
    assert BoundarySet.objects.count() == 2


def test_venues_move_to_the_new_district_of_the_same_code(own: Path, tmp_path: Path) -> None:
    load(own)
    venue = Venue.objects.create(name_ja="会場", district=District.objects.get(code="05209001"))

    load(geojson(tmp_path / "new.geojson", OWN[:1]))

    venue.refresh_from_db()
    assert venue.district.boundary_set == BoundarySet.objects.in_force()


FORBIDDEN = "123456789018"


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        pytest.param([{"id_": "1"}], {}, ["--code", "--name"], id="no column known"),
        pytest.param(OWN, {"code": "kode"}, ["kode"], id="a column that is not there"),
        pytest.param(OWN, {"parent": "x", "roman": "y"}, ["y", "x"], id="two of them"),
        pytest.param(
            [{"code": "1", "name": "花輪"}, {"code": "", "name": ""}],
            {},
            ["Row 2, column code", "Row 2, column name"],
            id="blank cells",
        ),
        pytest.param(
            [{"code": "1", "name": "花輪"}, {"code": "1", "name": "大湯"}],
            {},
            ["Rows 1 and 2"],
            id="one code, two names",
        ),
        pytest.param(
            [{"code": "1", "name": "花輪", "up": ""}],
            {"parent": "up"},
            ["Row 1, column up"],
            id="no parent",
        ),
        pytest.param(
            [{"code": "1", "name": "花輪", "up": "1"}],
            {"parent": "up"},
            ["1"],
            id="its own parent",
        ),
        pytest.param([{"code": "1" * 41, "name": "字" * 121}], {}, ["40", "120"], id="too long"),
        pytest.param([{"code": "1", "name": "花\u0007輪"}], {}, ["Row 1"], id="control character"),
        pytest.param([], {}, ["file"], id="no rows"),
    ],
)
def test_each_fault_is_one_line(
    tmp_path: Path, rows: list[dict[str, Any]], options: dict[str, str], words: list[str]
) -> None:
    lines = refused(geojson(tmp_path / "areas.geojson", rows), **options)

    assert len(lines) == len(words)
    for line, word in zip(lines, words, strict=True):
        assert word in line


@pytest.mark.parametrize(
    ("row", "options"),
    [
        pytest.param({"code": FORBIDDEN, "name": "花輪"}, {}, id="code"),
        pytest.param({"code": "1", "name": f"花輪{FORBIDDEN}"}, {}, id="name"),
        pytest.param({"code": "1", "name": "花輪", "name_roman": FORBIDDEN}, {}, id="roman"),
        pytest.param({"code": "1", "name": "花輪", "up": FORBIDDEN}, {"parent": "up"}, id="parent"),
        pytest.param({"code": "1", "name": "花輪"}, {"set_name": FORBIDDEN}, id="set"),
        pytest.param({"code": "1", "name": "花輪"}, {"credit": FORBIDDEN}, id="credit"),
    ],
)
def test_a_personal_number_is_refused_and_not_repeated(
    tmp_path: Path, row: dict[str, str], options: dict[str, str]
) -> None:
    lines = refused(geojson(tmp_path / "areas.geojson", [row]), **options)

    assert lines
    assert not any(FORBIDDEN in line for line in lines)


def test_a_personal_number_in_the_name_of_the_file_is_refused(tmp_path: Path) -> None:
    path = geojson(tmp_path / f"{FORBIDDEN}.geojson", OWN[:1])

    assert not any(FORBIDDEN in line for line in refused(path, set_name="地区"))


def _without_crs(folder: Path) -> Path:
    return shapefile(folder / "areas.shp", [{"code": "1", "name": "花輪"}], crs=None)


def _without_dbf(folder: Path) -> Path:
    path = shapefile(folder / "areas.shp", [{"code": "1", "name": "花輪"}], crs="EPSG:6668")
    path.with_suffix(".dbf").unlink()
    return path


def _swapped(folder: Path) -> Path:
    shape = polygon(0)
    shape["coordinates"][0] = [[y, x] for x, y in shape["coordinates"][0]]
    return geojson(folder / "areas.geojson", OWN[:1], [shape])


def _point(folder: Path) -> Path:
    return geojson(
        folder / "areas.geojson", OWN[:1], [{"type": "Point", "coordinates": [140.8, 40.2]}]
    )


def _nonsense(folder: Path) -> Path:
    path = folder / "areas.geojson"
    path.write_text("not a map")
    return path


def _wrong_kind(folder: Path) -> Path:
    path = folder / "areas.csv"
    path.write_text("code,name\n1,花輪\n")
    return path


def _two_in_one(folder: Path) -> Path:
    parts = [geojson(folder / name, OWN[:1]) for name in ("a.geojson", "b.geojson")]
    return zipped(folder / "two.zip", parts)


def _broken_archive(folder: Path) -> Path:
    path = folder / "areas.zip"
    path.write_bytes(b"PK broken")
    return path


def _not_there(folder: Path) -> Path:
    return folder / "nowhere.geojson"


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (_without_crs, ".prj"),
        (_without_dbf, ".dbf"),
        (_swapped, "Row 1"),
        (_point, "Row 1"),
        (_nonsense, "GeoJSON"),
        (_wrong_kind, ".csv"),
        (_two_in_one, "a.geojson, b.geojson"),
        (_broken_archive, ""),
        (_not_there, "nowhere.geojson"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_one_clear_line(
    tmp_path: Path, make: Callable[[Path], Path], word: str
) -> None:
    [line] = refused(make(tmp_path))

    assert word in line


def test_a_district_without_a_shape_is_kept_and_counted(tmp_path: Path) -> None:
    said = load(geojson(tmp_path / "areas.geojson", OWN[:2], [polygon(0), None]))

    assert District.objects.get(code="05209002").boundary is None
    assert any(line.endswith("1.") for line in said.splitlines())


def test_a_fault_half_way_leaves_the_database_as_it_was(own: Path, tmp_path: Path) -> None:
    load(own)
    first = BoundarySet.objects.in_force()
    new = geojson(tmp_path / "new.geojson", [{**row, "code": row["code"] + "9"} for row in OWN])
    inserts = []

    def fail_at_the_second(execute: Callable, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "places_district"'):
            inserts.append(sql)
            if len(inserts) == 2:
                raise RuntimeError("planted")
        return execute(sql, *rest)

    with (
        connection.execute_wrapper(fail_at_the_second),
        pytest.raises(RuntimeError, match="planted"),
    ):
        load(new, parent="old")

    assert len(inserts) == 2
    assert BoundarySet.objects.get() == first
    assert BoundarySet.objects.in_force() == first
    assert District.objects.count() == len(OWN)


TRICKS = ["{{ 7*7 }}", "{% raw %}", "<script>alert(1)</script>", "</script><b>"]


@pytest.mark.parametrize("typed", TRICKS)
def test_names_are_kept_as_typed(tmp_path: Path, typed: str) -> None:
    row = {"code": typed, "name": typed, "name_roman": typed, "up": f"{typed}上"}

    load(geojson(tmp_path / "areas.geojson", [row]), parent="up", set_name=typed, credit=typed)

    boundary_set = BoundarySet.objects.in_force()
    leaf = District.objects.leaves().get()
    assert (boundary_set.name, boundary_set.credit) == (typed, typed)
    assert (leaf.code, leaf.name, leaf.name_roman) == (typed, typed, typed)
    assert leaf.parent.name == f"{typed}上"


def test_an_unknown_option_is_one_line_and_exit_1(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from outreach.places.management.commands.import_boundaries import Command

    with pytest.raises(SystemExit) as stopped:
        Command().run_from_argv(["manage.py", "import_boundaries", str(own), "--kode", "x"])

    assert stopped.value.code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not BoundarySet.objects.exists()
