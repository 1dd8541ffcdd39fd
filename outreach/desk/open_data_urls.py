from django.urls import URLPattern, path

from outreach.desk.views import open_data

urlpatterns: list[URLPattern] = [
    path("<slug:slug>.csv", open_data.data_set, name="open_data_set"),
]
