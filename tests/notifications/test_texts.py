from datetime import UTC, datetime

import pytest
from django.template import TemplateDoesNotExist
from django.utils import timezone, translation

from notifications.links import resident_token
from notifications.texts import render
from tests.cast import HARU
from tests.notifications.conftest import write_down

# Ten in the morning in town.
AT = {"topic": "Mẹ & con's", "starts_at": datetime(2026, 10, 1, 1, 0, tzinfo=UTC)}
NOTICE = "town/messages/notice"


def test_a_short_text_is_in_the_persons_language_and_in_the_towns_time(linh):
    text = render(contact=linh, template=NOTICE, channel="sms", context=AT)

    assert (text.language, text.subject) == ("vi", "")
    assert text.body == "Từ 1 tháng 10 năm 2026: Mẹ & con's. 0186-00-0100"


def test_a_text_nobody_has_translated_comes_in_japanese(linh):
    text = render(contact=linh, template=NOTICE, channel="email", context=AT)

    assert text.language == "ja"
    assert text.subject == "Mẹ & con'sのお知らせ"
    assert text.body == "10月1日 10:00からです。\n0186-00-0100"


def test_the_city_is_in_every_text_and_signs_the_persons_own_link(db):
    haru = write_down(HARU)

    text = render(contact=haru, template="town/messages/link", channel="letter", context={})

    assert text.subject == "鹿角市"
    assert text.body == f"http://testserver/ja/my/{resident_token(haru)}/\n0186-00-0100"


def test_a_text_that_exists_in_no_language_is_an_error(linh):
    with pytest.raises(TemplateDoesNotExist):
        render(contact=linh, template="town/messages/nothing", channel="sms", context={})


def test_rendering_leaves_language_and_time_as_they_were(linh):
    with translation.override("en"), timezone.override(UTC):
        render(contact=linh, template=NOTICE, channel="sms", context=AT)

        assert translation.get_language() == "en"
        assert timezone.get_current_timezone() is UTC


def test_a_very_long_subject_is_cut_to_what_the_column_holds(linh):
    text = render(
        contact=linh, template=NOTICE, channel="email", context={**AT, "topic": "長" * 300}
    )

    assert len(text.subject) == 200
