from django import forms
from django.contrib.auth.models import User

from outreach.people.colleagues import colleague_name


class ColleagueField(forms.ModelChoiceField):
    """One of the staff, by name."""

    def label_from_instance(self, obj: User) -> str:
        return colleague_name(obj)
