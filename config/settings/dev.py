"""A clone on a developer's machine, and the demo: runs with no environment at all."""

from config.settings.base import *  # noqa: F403
from config.settings.base import CITY_PHONE, DATA_DIR, SECRET_KEY, env

DEBUG = env.bool("DEBUG", default=False)
# Refused by `check --deploy`, which is the point.
SECRET_KEY = SECRET_KEY or "django-insecure-demo-key-that-no-real-deployment-may-use"
# 0186-00-…: no subscriber number begins so.
CITY_PHONE = CITY_PHONE or "0186-00-0100"
WHITENOISE_USE_FINDERS = True  # no collectstatic before the first page
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)
