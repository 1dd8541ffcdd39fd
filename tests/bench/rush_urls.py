"""The site's own addresses and, before them, the bare way to a seat."""

from django.urls import path

from config.urls import urlpatterns as site
from tests.bench.rush_bare import reach

urlpatterns = [path("ja/bare/<int:session_pk>/", reach), *site]
