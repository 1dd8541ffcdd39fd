"""What residents ask for can be found by a search engine, in each language."""

import re

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "ja-easy", "vi"])
@pytest.mark.parametrize("page", ["visits/request/", "reminders/", "lost/"])
def test_the_first_page_of_a_form_may_be_found_and_says_what_it_is_for(language, page):
    html = Client().get(f"/{language}/{page}").content.decode()
    described = re.search(r'<meta name="description" content="([^"]+)">', html)
    assert described
    assert described.group(1) in html.split("</head>")[1]
    assert "noindex" not in html
