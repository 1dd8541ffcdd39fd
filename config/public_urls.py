"""The addresses residents use. A host that serves staff alone still writes them into messages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.contrib.sitemaps.views import sitemap

from config.views import front_door
from outreach.desk.views.own_page import from_message

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front_door, name="front_door"),
    path("sitemap.xml", sitemap),
    path("opendata/", include("outreach.desk.open_data_urls")),
    path("feeds/", include("outreach.classes.feed_urls")),
    path("feeds/", include("outreach.visits.feed_urls")),
    path("o/<str:token>", from_message, name="my_short"),
    path("webhooks/twilio/", include("notifications.urls")),
    *i18n_patterns(
        path("classes/", include("outreach.classes.urls")),
        path("counters/", include("outreach.reception.urls")),
        path("visits/", include("outreach.visits.urls")),
        path("reminders/", include("mynumber.urls")),
        path("", include("outreach.desk.urls")),
        path("", include(wagtail_urls)),
    ),
]
