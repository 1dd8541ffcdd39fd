"""The one place that says which languages exist.

Read by the settings before Django loads, because Django and Wagtail look a language's names up
in ``LANG_INFO`` and know neither easy Japanese nor Tagalog.
"""

from django.conf.locale import LANG_INFO

LANGUAGES = [
    ("ja", "日本語"),
    ("ja-easy", "やさしい日本語"),
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("vi", "Tiếng Việt"),
    ("id", "Bahasa Indonesia"),
    ("tl", "Filipino (Tagalog)"),
    ("ko", "한국어"),
]

# The tag for <html lang> and hreflang (BCP 47). HTML validators refuse "ja-easy".
LANGUAGE_TAGS = {
    "ja": "ja",
    "ja-easy": "ja-x-easy",
    "en": "en",
    "zh-hans": "zh-Hans",
    "vi": "vi",
    "id": "id",
    "tl": "tl",
    "ko": "ko",
}

LANG_INFO.update(
    {
        "ja-easy": {
            "bidi": False,
            "code": "ja-easy",
            "name": "Easy Japanese",
            "name_local": "やさしい日本語",
        },
        "tl": {"bidi": False, "code": "tl", "name": "Tagalog", "name_local": "Filipino (Tagalog)"},
        # Browsers set to Filipino send "fil" or "fil-PH".
        "fil": {"fallback": ["tl"]},
    }
)
