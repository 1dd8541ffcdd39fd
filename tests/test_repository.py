"""The repository tests itself: shape, docs, migrations, strings, hosts."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("config", "cms", "maps", "outreach", "mynumber", "notifications")
ENTRIES = {
    *("manage.py", "pyproject.toml", "README.md", "Makefile", "CHANGELOG.md", "LICENSE"),
    *(*APPS, "locale", "tests", "docs", "requirements", ".ci", ".gitignore"),
}
DRAWERS = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "core.py", "manager.py"}
OWN_SETTINGS = re.compile(r"""env(?:\.\w+)?\(\s*"([A-Z_]+)\"""")


def tracked(pattern: str = "") -> list[Path]:
    """Files git tracks or would track, below the given folders."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern or "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def sources() -> list[Path]:
    return [
        path
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_nothing_else_stands_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= ENTRIES


def test_imports_point_downwards_only() -> None:
    linted = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert linted.returncode == 0, linted.stdout


def test_no_drawer_hides_its_contents() -> None:
    assert not [path for path in sources() if path.name in DRAWERS]


def test_no_file_outgrows_its_sentence() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := len(path.read_text().splitlines())) > 300
    }
    assert not long


def test_functions_stay_short() -> None:
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60:
                long.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert not long


def test_every_module_function_of_actions_and_rules_says_what_it_is_for() -> None:
    silent = []
    for path in sources():
        if not {"actions", "rules"} & set(path.parts):
            continue
        for node in ast.parse(path.read_text()).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert not silent


def test_migrations_are_named_for_their_change() -> None:
    assert not [path for path in tracked() if re.search(r"migrations/\d+_auto_", str(path))]


def test_no_f_string_inside_gettext() -> None:
    calls = {"gettext", "gettext_lazy", "ngettext", "_", "ngettext_lazy", "pgettext"}
    found = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") in calls
            if called and any(isinstance(arg, ast.JoinedStr) for arg in node.args):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not found


def test_pages_ask_nothing_of_any_other_host() -> None:
    loads = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//[a-z]""", re.I)
    found = [
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*")
        if path.suffix in {".html", ".css", ".js", ".svg"}
        and loads.search(path.read_text().replace("http://www.w3.org/", ""))
    ]
    assert not found


def test_locks_carry_hashes_and_no_address() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        if lock.name == "debian.txt":
            continue
        text = lock.read_text()
        assert "--hash=sha256:" in text, lock.name
        assert "://" not in text, lock.name


def own_settings() -> set[str]:
    return {
        name
        for path in (ROOT / "config/settings").glob("*.py")
        for name in OWN_SETTINGS.findall(path.read_text())
    }


def own_commands() -> set[str]:
    return {
        path.stem
        for app in APPS
        for path in (ROOT / app).rglob("management/commands/*.py")
        if path.stem != "__init__"
    }


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.M))


@pytest.mark.parametrize("name", sorted(own_settings() | own_commands()))
def test_the_readme_names_every_setting_and_command(name: str) -> None:
    assert f"`{name}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("target", sorted(make_targets()))
def test_the_readme_names_every_make_target(target: str) -> None:
    assert f"`make {target}`" in (ROOT / "README.md").read_text()


def test_links_in_the_docs_lead_somewhere() -> None:
    dead = []
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text()):
            if not (page.parent / target).exists():
                dead.append(f"{page.name}: {target}")
    assert not dead


def test_the_repository_names_no_machine() -> None:
    path_of_a_machine = re.compile(r"(?<![\w.])/(?:work|root|home|tmp)/\w")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in {".py", ".md", ".toml", ".html", ".sh", ".js", ".css", ".txt", ".json"}
        and path != Path(__file__)
        and path_of_a_machine.search(path.read_text())
    ]
    assert not found


def test_heavy_packages_are_not_loaded_by_a_start() -> None:
    """pandas alone costs seconds; commands and pages that need none of them must not pay."""
    code = (
        "import django, sys; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "heavy = {'pandas', 'geopandas', 'folium', 'shapely', 'weasyprint', 'twilio', 'openpyxl'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": "/usr/bin"},
    )
    assert loaded.stdout.strip() == "[]"
