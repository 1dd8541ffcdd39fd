"""What editors change outside pages also stands on pages: forget the kept ones."""

from typing import Any

from wagtail import hooks

from config.page_cache import forget_pages_on_commit


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
@hooks.register("after_delete_snippet")
def a_snippet_changed(*_: Any) -> None:
    forget_pages_on_commit()
