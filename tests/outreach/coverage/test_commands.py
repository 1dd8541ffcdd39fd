"""import_holdings and coverage as they are called from a shell."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from outreach.coverage.models import Batch
from tests.outreach.coverage.files import (
    EAST,
    FORBIDDEN,
    HANAWA,
    NORTH,
    SOUTH,
    changed,
    csv_file,
    good_rows,
    without,
)


@pytest.fixture
def run():
    """Call a command; gives what it printed."""

    def run(*arguments, **options):
        out = io.StringIO()
        call_command(*arguments, stdout=out, **options)
        return out.getvalue()

    return run


@pytest.fixture
def file(tmp_path, districts):
    def file(content, name="counts.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return file


@pytest.fixture
def refused(file):
    """Call import_holdings on a file that is refused; gives the lines about it."""

    def refused(content, *arguments, name="counts.csv"):
        errors = io.StringIO()
        with pytest.raises(CommandError) as error:
            call_command("import_holdings", file(content, name), *arguments, stderr=errors)
        assert not Batch.objects.exists()
        return [*errors.getvalue().splitlines(), str(error.value)]

    return refused


def test_a_good_file_ends_with_its_counts(run, file):
    said = run("import_holdings", file(csv_file()))

    assert said.splitlines()[-1] == (
        "Counts of 2026-01-31, population of 2026-01-01: 12 rows, 3 districts, "
        "600 residents, 480 cards."
    )


def test_the_same_file_again_says_that_nothing_changed(run, file):
    path = file(csv_file())
    run("import_holdings", path)

    assert "Already loaded" in run("import_holdings", path)
    assert Batch.objects.count() == 1


def test_a_replacement_names_the_file_it_replaces(run, file):
    run("import_holdings", file(csv_file(), "first.csv"))

    said = run("import_holdings", file(csv_file(changed(2, "保有枚数", 41)), "second.csv"))

    assert "replace first.csv" in said


def test_notes_are_printed_as_lines(run, file):
    said = run("import_holdings", file(csv_file([c for c in good_rows() if c[0] != EAST])))

    assert f"missing, not as zero (1): {EAST} 十和田東町" in said


def test_a_faulty_file_gets_a_line_for_each_fault_and_how_many_there_are(refused):
    rows = changed(6, "人口", "")
    rows[0][5] = "x"

    first, second, last = refused(csv_file(rows))

    assert first.startswith("counts.csv, row 2, 保有枚数, “x”: ")
    assert second.startswith("counts.csv, row 6, 人口: ")
    assert last.startswith("Faults: 2. Nothing was changed.")


def test_more_cards_than_people_need_a_word(refused, run, file):
    content = csv_file(changed(6, "保有枚数", 51))

    assert "--accept-over" in refused(content)[0]
    assert "480" not in run("import_holdings", file(content), "--accept-over").splitlines()[-1]
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("day", ["2026-01-31", "令和8年1月31日", "R8.1.31"])
def test_the_date_can_be_given_in_any_writing(run, file, day):
    run("import_holdings", file(without("基準日")), "--as-of", day)

    assert str(Batch.objects.get().as_of) == "2026-01-31"


def test_a_date_that_is_none_is_refused(refused):
    assert "not a date" in refused(without("基準日"), "--as-of", "昨日")[-1]


def test_a_forbidden_number_is_not_printed_wherever_it_stands(refused):
    lines = refused(csv_file(changed(6, "地域名", FORBIDDEN)), name=f"{FORBIDDEN}.csv")

    assert len(lines) == 3
    assert FORBIDDEN not in "".join(lines)


def test_a_file_that_is_not_there_is_named(districts, tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.csv cannot be read"):
        call_command("import_holdings", str(tmp_path / "nothing.csv"))


def test_without_boundaries_the_next_step_is_told(db, tmp_path):
    path = tmp_path / "counts.csv"
    path.write_bytes(csv_file())

    with pytest.raises(CommandError, match="import_boundaries"):
        call_command("import_holdings", str(path))


# --- coverage ---------------------------------------------------------------------------------


def test_coverage_as_json_holds_the_whole_the_districts_and_the_parents(run, load):
    load(csv_file())

    found = json.loads(run("coverage", "--json"))

    assert found["target"] == "90.0"
    assert found["whole"]["rate"] == "80.0"
    assert [row["code"] for row in found["districts"]] == [NORTH, SOUTH, EAST]
    assert [row["code"] for row in found["parents"]] == [HANAWA]
    north = found["districts"][0]
    assert {
        "code": NORTH,
        "name": "花輪字北町",
        "residents": 200,
        "cards": 160,
        "rate": "80.0",
        "gap": "10.0",
        "cards_needed": 20,
        "as_of": "2026-01-31",
        "population_as_of": "2026-01-01",
    }.items() <= north.items()


def test_a_district_without_counts_is_null_in_json(run, load):
    load(csv_file([cells for cells in good_rows() if cells[0] != EAST]))

    east = json.loads(run("coverage", "--json"))["districts"][2]

    assert east["missing"]
    assert (east["rate"], east["residents"], east["cards_needed"]) == (None, None, None)


def test_coverage_as_a_table_has_both_dates_and_says_what_is_missing(run, load):
    load(csv_file([cells for cells in good_rows() if cells[0] != EAST]))

    lines = run("coverage").splitlines()

    assert any(line.split() == [EAST, "十和田東町", *["—"] * 5] for line in lines)
    assert any(
        line.split()[1:] == ["花輪字北町", "200", "160", "80.0", "10.0", "20"] for line in lines
    )
    assert "Cards of 2026-01-31, population of 2026-01-01, target 90.0 %." in lines
    assert "missing, not zero, and in no sum: 1." in lines[-1]


def test_coverage_of_a_date(run, load):
    load(csv_file())

    assert "480" in run("coverage", "--as-of", "令和8年1月31日")
    with pytest.raises(CommandError, match="2026-01-31"):
        run("coverage", "--as-of", "2026-03-31")
    with pytest.raises(CommandError, match="not a date"):
        run("coverage", "--as-of", "3月")


def test_coverage_before_the_first_import_says_what_to_do(run, districts):
    with pytest.raises(CommandError, match="import_holdings"):
        run("coverage", "--json")
