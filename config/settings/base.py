"""What is true in every deployment. Everything a city decides comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from config.languages import LANGUAGE_TAGS, LANGUAGES  # noqa: F401  (LANGUAGES is a setting)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

# --- What a city sets; the README names each one -------------------------------------------
SECRET_KEY = env("SECRET_KEY", default="")
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
PUBLIC_SITE = env.bool("PUBLIC_SITE", default=True)
STAFF_SITE = env.bool("STAFF_SITE", default=True)
CITY_NAME = env("CITY_NAME", default="鹿角市")
CITY_CODE = env("CITY_CODE", default="052094")
CITY_PHONE = env("CITY_PHONE", default="")
SMS_BACKEND = env("SMS_BACKEND", default="outbox")
TWILIO_ACCOUNT_SID = env("TWILIO_ACCOUNT_SID", default="")
TWILIO_AUTH_TOKEN = env("TWILIO_AUTH_TOKEN", default="")
TWILIO_SMS_FROM = env("TWILIO_SMS_FROM", default="")
TWILIO_VOICE_FROM = env("TWILIO_VOICE_FROM", default="")
TWILIO_VOICE_NAME = env("TWILIO_VOICE_NAME", default="Polly.Kazuha-Neural")
TWILIO_API_BASE = env("TWILIO_API_BASE", default="")
EMAIL_URL = env("EMAIL_URL", default="")
EMAIL_FROM = env("EMAIL_FROM", default="")
# When the provider has said nothing about an SMS for so long, it is asked.
ASK_STATUS_AFTER_MINUTES = env.int("ASK_STATUS_AFTER_MINUTES", default=60)
TILES_URL = env("TILES_URL", default="")
# Off: care level, illness and disability are neither asked, kept nor shown; needs are.
CARE_RECORDS = env.bool("CARE_RECORDS", default=True)
# From how many people on an announcement needs the yes of a second member of staff.
ANNOUNCEMENT_APPROVAL_ABOVE = env.int("ANNOUNCEMENT_APPROVAL_ABOVE", default=100)
SENDING_ALLOWED = env.bool("SENDING_ALLOWED", default=True)
# How long a process may hold the messages it is sending, and how long a doubt rests before the
# carrier is asked, in seconds.
MESSAGE_CLAIM_SECONDS = env.int("MESSAGE_CLAIM_SECONDS", default=600)
MESSAGE_LOOK_UP_SECONDS = env.int("MESSAGE_LOOK_UP_SECONDS", default=60)
# When a telephone may ring, and how much may go out. Kept as written: `manage.py check` says what
# cannot be read, in a sentence instead of a traceback.
SMS_HOURS = env("SMS_HOURS", default="Mon-Sat 09:00-19:00")
VOICE_HOURS = env("VOICE_HOURS", default="Mon-Fri 10:00-17:00")
NO_SENDING_DAYS = env("NO_SENDING_DAYS", default="12-29..01-03")
ANNOUNCEMENTS_PER_WEEK = env("ANNOUNCEMENTS_PER_WEEK", default="2")
DAILY_SMS_CEILING = env("DAILY_SMS_CEILING", default="")
DAILY_YEN_CEILING = env("DAILY_YEN_CEILING", default="")
SMS_PRICE_YEN = env("SMS_PRICE_YEN", default="12")
VOICE_PRICE_YEN = env("VOICE_PRICE_YEN", default="25")
CLASS_REMINDER_DAYS = env("CLASS_REMINDER_DAYS", default="7,1")
APPOINTMENT_REMINDER_DAYS = env("APPOINTMENT_REMINDER_DAYS", default="1")
VISIT_REMINDER_DAYS = env("VISIT_REMINDER_DAYS", default="1")
# How far people come to a mobile desk: minutes by car; minutes in winter for one in summer; months
# in which a desk counts.
REACH_MINUTES = env("REACH_MINUTES", default="15")
WINTER_FACTOR = env("WINTER_FACTOR", default="1.5")
REACHED_FOR_MONTHS = env("REACHED_FOR_MONTHS", default="6")
# Days of the year without classes, besides holidays, and the minutes between two in one room.
FESTIVAL_DAYS = env("FESTIVAL_DAYS", default="08-07..08-08, 08-19..08-20")
CLOSED_DAYS = env("CLOSED_DAYS", default="12-29..01-03")
CLASS_BUFFER_MINUTES = env("CLASS_BUFFER_MINUTES", default="30")
# Working days each step of a visit request may take before it is called stuck.
VISIT_STEP_DAYS = env(
    "VISIT_STEP_DAYS",
    default="open:10, planned:1, applied:3, at_jlis:25, arrived:3, posted:10, to_collect:20, "
    "to_hand_over:10",
)
# From how many people of one facility a visit is worth it: only a hint, nobody is refused.
VISIT_GROUP_MINIMUM = env("VISIT_GROUP_MINIMUM", default="5")
# Planning a day of visits. Minutes of a visit at a home, and of each person more or at a facility;
# how much longer a road is than the straight line and how fast it is driven in summer.
VISIT_MINUTES_HOME = env("VISIT_MINUTES_HOME", default="50")
VISIT_MINUTES_EACH_PERSON = env("VISIT_MINUTES_EACH_PERSON", default="25")
ROAD_FACTOR = env("ROAD_FACTOR", default="1.4")
ROAD_SPEED_KMH = env("ROAD_SPEED_KMH", default="35")
OFFICE_COORDINATES = env("OFFICE_COORDINATES", default="40.2158,140.7884")
ROUTING_URL = env("ROUTING_URL", default="")
PLANNING_SECONDS = env("PLANNING_SECONDS", default="5")
RENEWAL_LADDER_DAYS = env("RENEWAL_LADDER_DAYS", default="-90,-60,-30,-7,0,30,75")
LOST_LINK_SECONDS = env("LOST_LINK_SECONDS", default="0.5")
CARD_TARGET_PERCENT = env("CARD_TARGET_PERCENT", default="90")
SMALLEST_CELL = env("SMALLEST_CELL", default="10")
OPENDATA_LICENCE = env(
    "OPENDATA_LICENCE", default="クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）"
)
# How many proxies of the city's own stand in front and add to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))

# --- Django ---------------------------------------------------------------------------------
DEBUG = False
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or "", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "config.urls"
PUBLIC_URLCONF = "config.public_urls"  # for links in messages, on hosts without PUBLIC_SITE too
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # eight languages of a guide make many form fields

INSTALLED_APPS = [
    "modeltranslation",  # before the apps whose models it translates
    "config",
    "cms",
    "maps",
    "outreach.desk",
    "outreach.classes",
    "outreach.reception",
    "outreach.visits",
    "outreach.coverage",
    "outreach.people",
    "outreach.places",
    "mynumber",
    "notifications",
    "leaflet",  # for its copy of Leaflet
    "wagtail.contrib.redirects",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "config.page_cache.PageCacheMiddleware",  # first: a kept page costs nothing that follows
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.content_policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language_in_path.LanguageInPathMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.site_shell.city",
            ]
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'todoke.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE is what ends "database is locked"; WAL is what makes writing quick.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# The worker changes what pages show from another process, so no cache lives in one process.
CACHES = {
    # 300 entries, Django's own limit, are fewer than the pages in eight languages, packed and
    # not: the counters that slow down whoever tries out numbers would be thrown out with them.
    "default": env.cache("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}?max_entries=5000"),
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Languages ------------------------------------------------------------------------------
LANGUAGE_CODE = "ja"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "ja"
MODELTRANSLATION_LANGUAGES = tuple(code for code, _ in LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("ja",)}
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")

# --- Files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

# --- Wagtail --------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "届け Todoke"
WAGTAIL_I18N_ENABLED = False  # the language is the URL prefix, a page has fields for each
WAGTAIL_PAGE_MODEL = "wagtailcore.Page"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ja", "日本語"), ("en", "English")]
WAGTAIL_ENABLE_UPDATE_CHECK = False  # asks nothing of any other host
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
LOGIN_URL = "wagtailadmin_login"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- Messages -------------------------------------------------------------------------------
# Each purpose is declared by the app that has something to say. A purpose that announces
# ("consent") reaches only people who asked for it; the others answer something a person did. An
# answer to what somebody does right now goes "at_once", in the evening too. How many messages a
# person gets in a week is limited for purposes of "news".
# "postcard": it tells nothing about the person, so everybody on the way may read it.
NOTIFICATION_PURPOSES = {
    "class-registration": {"consent": False, "at_once": True},
    "class-reminder": {"consent": False},
    # Its own words say what the keys 1 and 2 mean.
    "class-offer": {"consent": False, "asks": True},
    "class-change": {"consent": False},
    # Within a day of the class: somebody may already be on the way through the snow.
    "class-change-soon": {"consent": False, "at_once": True},
    "appointment": {"consent": False, "at_once": True},
    "appointment-reminder": {"consent": False},
    "appointment-change": {"consent": False},
    "appointment-change-soon": {"consent": False, "at_once": True},
    "class-news": {"consent": True, "news": True, "postcard": True},
    "visit-request": {"consent": False, "at_once": True},
    "visit": {"consent": False},
    "visit-day": {"consent": False, "asks": True},
    "visit-reminder": {"consent": False, "asks": True},
    # Somebody waits at the door right now.
    "visit-late": {"consent": False, "at_once": True},
    "renewal-reminder": {"consent": True},
    "own-link": {"consent": False, "at_once": True},
    "automatic-call": {"consent": True},
    "announcement-test": {"consent": False, "at_once": True},
}
# The purpose by which people agree at the desk that a machine may call them.
NOTIFICATION_AUTOMATIC_CALLS = "automatic-call"
NOTIFICATION_TEXT_GUARD = "mynumber.validators.refuse_forbidden_numbers"
NOTIFICATION_TEXT_MASK = "mynumber.rules.forbidden_numbers.masked"

# --- What a public page may load: its own host, nothing else ----------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its own previews
