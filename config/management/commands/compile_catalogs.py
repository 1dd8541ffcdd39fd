from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile the messages of every language (locale/*/LC_MESSAGES/django.po)."
    # A language that is not compiled yet is what this command is for.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        catalogs = [
            path
            for folder in settings.LOCALE_PATHS
            for path in sorted(Path(folder).glob("*/LC_MESSAGES/django.po"))
        ]
        if not catalogs:
            raise CommandError("No django.po found below locale/.")
        for path in catalogs:
            try:
                polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{path.relative_to(settings.BASE_DIR)}: {error}") from error
        self.stdout.write(f"Compiled {len(catalogs)} languages.")
