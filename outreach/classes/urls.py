from django.urls import path

from outreach.classes.views import public

app_name = "classes"

urlpatterns = [
    path("<int:session_pk>/register/", public.register, name="register"),
    path("registered/<str:token>/", public.registered, name="registered"),
]
