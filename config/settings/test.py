"""The test suite: the same code on SQLite or on PostgreSQL, as `DATABASE_URL` says."""

import os
import tempfile
import warnings

os.environ.setdefault("SITE_URL", "http://testserver")
# The suite runs at any hour; tests of the hours set them. Processes that tests start inherit it.
os.environ["SMS_HOURS"] = os.environ["VOICE_HOURS"] = ""
# Playwright's synchronous API runs an event loop in the thread that also uses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

SECRET_KEY = "only-for-tests-" + "x" * 50
CITY_PHONE = "0186-00-0100"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because threads that race for a seat need connections of their own.
    folder = tempfile.mkdtemp(prefix="todoke-test-")
    DATABASES["default"]["NAME"] = f"{folder}/db.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": f"{folder}/test.sqlite3"}
warnings.filterwarnings("ignore", message="No directory at", module="whitenoise")
