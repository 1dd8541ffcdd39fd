from django.urls import path

from maps import views

app_name = "maps"
urlpatterns = [
    path("districts.geojson", views.districts, name="districts"),
    path(
        "districts-<slug:drawing_hash>.geojson", views.districts_version, name="districts_version"
    ),
    # For the map's script. What the file looks like is part of its name: browsers keep it for good.
    path("paths-1-<slug:drawing_hash>.json", views.districts_paths, name="districts_paths"),
]
