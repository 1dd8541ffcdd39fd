from django.urls import path

from maps import views

app_name = "maps"
urlpatterns = [
    path("districts.geojson", views.districts, name="districts"),
    path(
        "districts-<slug:drawing_hash>.geojson", views.districts_version, name="districts_version"
    ),
]
