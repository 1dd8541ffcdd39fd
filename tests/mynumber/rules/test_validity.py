from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mynumber.rules.validity import (
    age_on,
    card_expiry,
    certificate_expiry,
    renewal_opens_on,
    void_from,
)
from tests.domain_vectors import VECTORS

EXPIRIES = VECTORS["expiry_assumes_first_issue_and_age_at_issue"]
RENEWALS = VECTORS["renewal_window_open"]

days = st.dates(min_value=date(1920, 1, 1), max_value=date(2100, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("vector", EXPIRIES, ids=lambda v: f"{v['dob']} issued {v['issue']}")
def test_a_first_card_and_its_certificates_end_on_the_days_of_the_vectors(vector):
    born_on, issued_on = day(vector["dob"]), day(vector["issue"])

    assert card_expiry(born_on=born_on, issued_on=issued_on) == day(vector["card"])
    assert certificate_expiry(born_on=born_on, issued_on=issued_on) == day(vector["cert"])


@pytest.mark.parametrize("vector", RENEWALS, ids=lambda v: v["expiry"])
def test_the_renewal_period_opens_on_the_days_of_the_vectors(vector):
    assert renewal_opens_on(day(vector["expiry"])) == day(vector["opens"])


@pytest.mark.parametrize(
    ("on", "age"),
    [
        pytest.param("2026-06-14", 17, id="the day before the birthday"),
        pytest.param("2026-06-15", 18, id="on the birthday"),
        pytest.param("2008-06-15", 0, id="on the day of birth"),
    ],
)
def test_a_birthday_counts_from_the_day_itself(on, age):
    assert age_on(born_on=date(2008, 6, 15), on=day(on)) == age


@pytest.mark.parametrize(
    ("on", "age"),
    [
        pytest.param("2026-02-27", 17, id="common year, Feb 27"),
        pytest.param("2026-02-28", 18, id="common year, Feb 28"),
        pytest.param("2028-02-28", 19, id="leap year, Feb 28"),
        pytest.param("2028-02-29", 20, id="leap year, Feb 29"),
    ],
)
def test_somebody_born_on_a_leap_day_has_a_birthday_every_year(on, age):
    assert age_on(born_on=date(2008, 2, 29), on=day(on)) == age


def test_the_city_may_decide_that_leap_day_birthdays_fall_on_march_1():
    born_on, march_1 = date(1948, 2, 29), (3, 1)

    assert age_on(born_on=born_on, on=date(2026, 2, 28), leap_day=march_1) == 77
    assert card_expiry(born_on=born_on, issued_on=date(2026, 1, 15), leap_day=march_1) == date(
        2035, 3, 1
    )


def test_no_age_exists_before_birth():
    with pytest.raises(ValueError, match="before the date of birth"):
        age_on(born_on=date(2026, 4, 2), on=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("applied_on", "issued_on", "expires_on"),
    [
        pytest.param("2022-03-31", "2022-04-20", "2026-09-01", id="the last day of the old age"),
        pytest.param("2022-04-01", "2022-04-20", "2031-09-01", id="the first day of the new age"),
        pytest.param(None, "2022-03-31", "2026-09-01", id="unknown, issued under the old age"),
        pytest.param(None, "2022-04-01", "2031-09-01", id="unknown, issued under the new age"),
    ],
)
def test_a_19_year_old_is_adult_only_if_the_card_was_applied_for_from_april_2022(
    applied_on, issued_on, expires_on
):
    assert card_expiry(
        born_on=date(2002, 9, 1),
        issued_on=day(issued_on),
        applied_on=applied_on and day(applied_on),
    ) == day(expires_on)


@pytest.mark.parametrize(
    ("issued_on", "expires_on"),
    [
        pytest.param("2021-05-09", "2025-05-10", id="the day before turning 20"),
        pytest.param("2021-05-10", "2031-05-10", id="turning 20 on the day of issue"),
    ],
)
def test_under_the_old_age_20_is_adult(issued_on, expires_on):
    assert card_expiry(born_on=date(2001, 5, 10), issued_on=day(issued_on)) == day(expires_on)


@pytest.mark.parametrize(
    ("renewed_in_period", "expires_on"),
    [
        pytest.param(False, "2030-10-10", id="a new pair counts five birthdays"),
        pytest.param(True, "2031-10-10", id="a pair renewed in the period counts six"),
    ],
)
def test_renewing_inside_the_period_costs_no_time(renewed_in_period, expires_on):
    assert certificate_expiry(
        born_on=date(1960, 10, 10),
        issued_on=date(2026, 8, 1),
        card_expires_on=date(2035, 10, 10),
        renewed_in_period=renewed_in_period,
    ) == day(expires_on)


def test_certificates_never_outlive_the_card():
    assert certificate_expiry(
        born_on=date(1960, 10, 10),
        issued_on=date(2026, 8, 1),
        card_expires_on=date(2029, 10, 10),
        renewed_in_period=True,
    ) == date(2029, 10, 10)


@pytest.mark.parametrize(
    ("stay_until", "expires_on"),
    [
        pytest.param("2028-03-31", "2028-03-31", id="a stay that ends first"),
        pytest.param("2099-03-31", "2031-07-01", id="a stay that ends later"),
    ],
)
def test_a_period_of_stay_caps_card_and_certificates(stay_until, expires_on):
    person = {"born_on": date(1999, 7, 1), "issued_on": date(2026, 7, 1)}

    assert certificate_expiry(**person, stay_until=day(stay_until)) == day(expires_on)
    assert card_expiry(**person, stay_until=day(stay_until)) == min(
        day(stay_until), date(2036, 7, 1)
    )


@pytest.mark.parametrize("expiry", [card_expiry, certificate_expiry])
def test_a_card_made_before_its_holder_was_born_is_refused(expiry):
    with pytest.raises(ValueError, match="issue is before the date of birth"):
        expiry(born_on=date(2026, 4, 2), issued_on=date(2026, 4, 1))


def test_certificates_older_than_the_person_are_refused_with_a_printed_card_date_too():
    with pytest.raises(ValueError, match="issue is before the date of birth"):
        certificate_expiry(
            born_on=date(2026, 4, 2),
            issued_on=date(2026, 4, 1),
            card_expires_on=date(2031, 4, 2),
        )


def test_an_application_after_the_card_was_made_is_refused():
    with pytest.raises(ValueError, match="application is after the date of issue"):
        card_expiry(
            born_on=date(1950, 4, 1), issued_on=date(2026, 4, 1), applied_on=date(2026, 4, 2)
        )


@pytest.mark.parametrize(
    ("expires_on", "void_on"),
    [
        pytest.param("2028-02-28", "2028-02-29", id="before a leap day"),
        pytest.param("2026-12-31", "2027-01-01", id="end of the year"),
    ],
)
def test_a_card_is_valid_on_its_last_day_and_void_the_next(expires_on, void_on):
    assert void_from(day(expires_on)) == day(void_on)


@given(born_on=days, age_in_days=st.integers(min_value=0, max_value=40_000))
def test_a_card_lasts_more_than_four_and_at_most_ten_years(born_on, age_in_days):
    issued_on = born_on + timedelta(days=age_in_days)

    card = card_expiry(born_on=born_on, issued_on=issued_on)
    certificates = certificate_expiry(born_on=born_on, issued_on=issued_on)

    assert issued_on + timedelta(days=4 * 365) < certificates <= card
    assert card <= issued_on + timedelta(days=10 * 365 + 3)


@given(expires_on=days)
def test_the_renewal_period_is_open_for_about_three_months(expires_on):
    assert 88 <= (expires_on - renewal_opens_on(expires_on)).days <= 91
