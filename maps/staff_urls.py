from django.urls import path

from maps import staff_views

app_name = "maps_staff"
urlpatterns = [
    path("", staff_views.coverage_page, name="coverage"),
    path("table/", staff_views.coverage_full_table, name="table"),
    path("numbers.json", staff_views.coverage_numbers, name="numbers"),
    path("map.svg", staff_views.coverage_picture, name="picture"),
]
