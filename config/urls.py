"""The addresses of the whole site. What they promise is in the README."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from config.views import front_door, healthz

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
    urlpatterns += [
        path("", front_door, name="front_door"),
        path("sitemap.xml", sitemap),
        *i18n_patterns(
            path("classes/", include("outreach.classes.urls")),
            path("visits/", include("outreach.visits.urls")),
            path("reminders/", include("mynumber.urls")),
            path("", include("outreach.desk.urls")),
            path("", include(wagtail_urls)),
        ),
    ]
