"""The site's own addresses and, before them, the two ways to a seat without a line."""

from django.urls import path

from config.urls import urlpatterns as site
from tests.bench import rush_bare

urlpatterns = [
    path("ja/bare/<int:session_pk>/", rush_bare.bare),
    path("ja/without-line/<int:session_pk>/", rush_bare.page_without_line),
    *site,
]
