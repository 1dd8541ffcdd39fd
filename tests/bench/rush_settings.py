"""The settings of a city's own servers, with one address more: the bare way to a seat."""

from config.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.bench.rush_urls"
