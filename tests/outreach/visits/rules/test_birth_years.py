import pytest

from outreach.visits.rules.birth_years import BirthYearNotUnderstood, parse_birth_year


@pytest.mark.parametrize(
    ("written", "year"),
    [
        pytest.param("1944", 1944, id="western"),
        pytest.param("１９４４年", 1944, id="full width"),
        pytest.param("1944年生まれ", 1944, id="with a word"),
        pytest.param("昭和19年", 1944, id="era in full"),
        pytest.param("昭19", 1944, id="era by its first character"),
        pytest.param("S19", 1944, id="era by its letter"),
        pytest.param("s.19", 1944, id="era with a dot"),
        pytest.param("昭和元年", 1926, id="first year of an era"),
        pytest.param("昭和64年", 1989, id="last year of an era"),
        pytest.param("平成元年", 1989, id="the same year by the next era"),
        pytest.param("令和8", 2026, id="this year"),
        pytest.param("1890", 1890, id="earliest"),
    ],
)
def test_a_year_is_read_in_either_calendar(written: str, year: int) -> None:
    assert parse_birth_year(written, this_year=2026) == year


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        pytest.param("44", "UNREADABLE", id="two digits without an era"),
        pytest.param("1944-05-01", "UNREADABLE", id="a whole date"),
        pytest.param("むかし", "UNREADABLE", id="words"),
        pytest.param("1889", "NOT_PLAUSIBLE", id="before the earliest"),
        pytest.param("2027", "NOT_PLAUSIBLE", id="next year"),
        pytest.param("昭和65年", "NOT_PLAUSIBLE", id="after the end of the era"),
        pytest.param("S0", "NOT_PLAUSIBLE", id="before the first year of the era"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_fault(written: str, fault: str) -> None:
    with pytest.raises(BirthYearNotUnderstood) as refusal:
        parse_birth_year(written, this_year=2026)
    assert refusal.value.fault.name == fault
