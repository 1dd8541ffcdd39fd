from collections.abc import Callable
from typing import Any

from django.db import models


class KeyField(models.CharField):
    """A column worked out from another one whenever a row is written, so that a search finds it.

    For the database it is text like any other. `QuerySet.update` does not work it out.
    """

    def __init__(
        self, *args: Any, source: str = "", rule: Callable[[str], str] = str, **kwargs: Any
    ) -> None:
        kwargs |= {"editable": False, "blank": True}
        super().__init__(*args, **kwargs)
        self.source = source
        self.rule = rule

    def deconstruct(self) -> Any:
        """As the text it is: migrations need not know the rule."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.rule(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
