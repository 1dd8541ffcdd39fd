"""`manage.py export_opendata DIR`: the open data as files, all of them or none."""

import os
from argparse import ArgumentParser
from pathlib import Path
from shutil import copyfile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from outreach.desk.open_data import DATA_SETS, note
from outreach.desk.open_data.note import NOTE_NAME


class Command(BaseCommand):
    help = (
        "Writes the open data of the city into a directory that exists: イベント一覧.csv, "
        "公共施設一覧.csv, 地区別カード保有状況.csv with small districts left out, and README.txt "
        "on the method. Files of these names are replaced, all of them or none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", metavar="DIR", type=Path, help="Where the files go.")

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        if not directory.is_dir():
            raise CommandError(f"{directory}: there is no such directory. Make it first.")
        now = timezone.localtime()
        contents = {one.file_name: one.content(now=now) for one in DATA_SETS}
        contents[NOTE_NAME] = note(now=now)
        write_all(directory, contents)
        for name, content in contents.items():
            lines = content.count(b"\r\n")
            self.stdout.write(f"{name}: {lines - 1 if name.endswith('.csv') else lines}")
        self.stdout.write(f"files: {len(contents)}")


def write_all(directory: Path, contents: dict[str, bytes]) -> None:
    """Write every file beside its place first, then put all in place.

    Raises CommandError when one cannot be written; then nothing has changed.
    """
    for name in contents:
        if (directory / name).is_dir():
            raise CommandError(f"{directory / name}: this is a directory. Move it away first.")
    ready = {directory / name: directory / f".{name}.{os.getpid()}" for name in contents}
    kept = {target: beside.with_name(f"{beside.name}.was") for target, beside in ready.items()}
    try:
        for target, beside in ready.items():
            beside.write_bytes(contents[target.name])
            if target.exists():
                copyfile(target, kept[target])
        _put_in_place(ready, kept)
    except OSError as fault:
        raise CommandError(
            f"{directory}: nothing can be written here ({fault.strerror}). "
            "Check who may write and how much room is left."
        ) from None
    finally:
        for left in (*ready.values(), *kept.values()):
            left.unlink(missing_ok=True)


def _put_in_place(ready: dict[Path, Path], kept: dict[Path, Path]) -> None:
    """Rename every file to its target. When one cannot be, the others become what they were.

    Raises OSError, of the first that failed.
    """
    done: list[Path] = []
    try:
        for target, beside in ready.items():
            beside.replace(target)
            done.append(target)
    except OSError:
        for target in done:
            if kept[target].exists():
                kept[target].replace(target)
            else:
                target.unlink()
        raise
