"""Whatever apps declare has a word for the staff."""

import pytest
from django.conf import settings

from outreach.desk.message_words import PURPOSE_WORDS, purpose_word


@pytest.mark.parametrize("purpose", settings.NOTIFICATION_PURPOSES)
def test_every_declared_purpose_is_shown_in_words(purpose):
    assert purpose in PURPOSE_WORDS


def test_a_purpose_of_former_days_stands_as_it_is_stored():
    assert purpose_word("lottery") == "lottery"
