"""The site as `start_site` begins it, and readers of its pages."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.actions import site
from cms.models import GuidePage
from tests.planted_site import Planting

Reader = Callable[[str], BeautifulSoup]


@pytest.fixture
def planted(db: None, planting: Planting) -> site.Planted:
    return planting.again()


@pytest.fixture
def guide(planted: site.Planted) -> GuidePage:
    return GuidePage.objects.get(content_slug="card-renewal")


@pytest.fixture
def read(planted: site.Planted, client: Client) -> Reader:
    """A page as a resident gets it; fails unless it is there."""

    def page(path: str) -> BeautifulSoup:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return BeautifulSoup(response.content, "html.parser")

    return page
