import pytest
from django.test import RequestFactory

from outreach.desk.rate_limits import allowed, client_address


def test_a_key_is_allowed_so_many_times_and_no_more():
    assert [allowed("a", times=3, seconds=60) for _ in range(4)] == [True, True, True, False]


def test_keys_do_not_count_for_each_other():
    allowed("a", times=1, seconds=60)

    assert allowed("b", times=1, seconds=60)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        pytest.param(0, "203.0.113.9", "127.0.0.1", id="no proxy of ours, nothing is believed"),
        pytest.param(1, "203.0.113.9", "203.0.113.9", id="one proxy"),
        pytest.param(1, "10.9.9.9, 203.0.113.9", "203.0.113.9", id="one proxy, a forged entry"),
        pytest.param(2, "203.0.113.9, 10.0.0.1", "203.0.113.9", id="two proxies"),
        pytest.param(2, "203.0.113.9", "127.0.0.1", id="fewer entries than proxies"),
        pytest.param(1, "", "127.0.0.1", id="a proxy that says nothing"),
    ],
)
def test_the_address_is_the_one_our_own_proxies_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == address
