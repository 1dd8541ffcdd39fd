"""The addresses of this host. What they promise is in the README."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import public_urls
from config.views import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("maps/", include("maps.urls")),
]

if settings.STAFF_SITE:
    urlpatterns += [
        path("staff/", include(wagtailadmin_urls)),
        path("documents/", include(wagtaildocs_urls)),
    ]

if settings.PUBLIC_SITE:
    urlpatterns += public_urls.urlpatterns
