"""The ways of loading counts that `tests.bench.holdings` compares. Needs Django to be set up."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import tablib
from django.db import connection, transaction
from django.utils import timezone
from import_export import fields, resources, widgets

from outreach.coverage.actions import holdings
from outreach.coverage.models import Batch, Holding
from outreach.coverage.remarks import FileRefused, lines_of
from outreach.places.models import BoundarySet, District

SEXES = {"男": "m", "女": "f"}
COLUMNS = ("batch_id", "district_id", "age_from", "sex", "residents", "cards")


def create_districts(names: dict[str, str]) -> None:
    boundary_set = BoundarySet.objects.create(
        name="bench", is_active=True, file_name="bench", drawing=b"", drawing_hash="0"
    )
    District.objects.bulk_create(
        District(boundary_set=boundary_set, code=code, name=name) for code, name in names.items()
    )


def all_ways(*, with_slow_ones: bool) -> Iterator[tuple[str, Callable[[Path], None]]]:
    yield "import_holdings", load
    yield "bare SQL, no check", load_bare
    if with_slow_ones:
        yield "django-import-export", load_with_import_export
        yield "django-import-export, bulk and only new", load_with_import_export_in_bulk


def check_and_empty(rows: int) -> None:
    """Every way must have stored every row; the next one finds the tables as this one did."""
    assert Holding.objects.count() == rows
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE coverage_holding, coverage_batch")
        else:
            cursor.execute("DELETE FROM coverage_holding")
            cursor.execute("DELETE FROM coverage_batch")


def load(path: Path) -> None:
    holdings.import_file(content=path.read_bytes(), file_name=path.name, now=timezone.now())


def refuse(path: Path) -> None:
    """The same file with a blank in every tenth row: refused, each row named."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for place in range(10, len(lines), 10):
        cells = lines[place].split(",")
        cells[4] = ""
        lines[place] = ",".join(cells)
    content = "\n".join(lines).encode()
    with pytest.raises(FileRefused) as refused:
        holdings.import_file(content=content, file_name=path.name, now=timezone.now())
    assert len(refused.value.faults) == (len(lines) - 1) // 10
    assert len(lines_of(refused.value.faults, file_name=path.name)) == 201


def load_bare(path: Path) -> None:
    """The least that fills the tables: executemany on SQLite, COPY on PostgreSQL."""
    with transaction.atomic():
        batch = _batch()
        ids = dict(District.objects.values_list("code", "pk"))
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            rows = [
                (
                    batch.pk,
                    ids[code],
                    int(band.removesuffix("以上").partition("-")[0]),
                    SEXES[sex],
                    int(residents),
                    int(cards),
                )
                for code, _name, band, sex, residents, cards, _as_of, _population in reader
            ]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                into = f"COPY coverage_holding ({', '.join(COLUMNS)}) FROM STDIN"
                with cursor.copy(into) as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany(
                    f"INSERT INTO coverage_holding ({', '.join(COLUMNS)})"  # noqa: S608
                    " VALUES (%s, %s, %s, %s, %s, %s)",
                    rows,
                )


def load_with_import_export(path: Path) -> None:
    _import_export(HoldingResource(), path)


def load_with_import_export_in_bulk(path: Path) -> None:
    _import_export(BulkHoldingResource(), path)


def _import_export(resource: resources.ModelResource, path: Path) -> None:
    dataset = tablib.Dataset().load(path.read_text(encoding="utf-8-sig"), format="csv")
    dataset.append_col([_batch().pk] * len(dataset), header="batch")
    result = resource.import_data(dataset, use_transactions=True)
    assert not result.has_errors()
    assert not result.has_validation_errors()


def _batch() -> Batch:
    return Batch.objects.create(
        boundary_set=BoundarySet.objects.get(),
        as_of=date(2026, 1, 31),
        population_as_of=date(2026, 1, 1),
        file_name="holdings.csv",
        sha256="0",
        content_hash="0",
    )


class AgeWidget(widgets.IntegerWidget):
    def clean(self, value: str, row: dict | None = None, **kwargs: object) -> int:
        return super().clean(value.removesuffix("以上").partition("-")[0], row, **kwargs)


class SexWidget(widgets.CharWidget):
    def clean(self, value: str, row: dict | None = None, **kwargs: object) -> str:
        return SEXES[value]


class HoldingResource(resources.ModelResource):
    """As its documentation begins: a field for each column, the natural key to find rows by."""

    district = fields.Field(
        column_name="地域コード",
        attribute="district",
        widget=widgets.ForeignKeyWidget(District, "code"),
    )
    age_from = fields.Field(column_name="年齢階級", attribute="age_from", widget=AgeWidget())
    sex = fields.Field(column_name="性別", attribute="sex", widget=SexWidget())
    residents = fields.Field(
        column_name="人口", attribute="residents", widget=widgets.IntegerWidget()
    )
    cards = fields.Field(column_name="保有枚数", attribute="cards", widget=widgets.IntegerWidget())
    batch = fields.Field(
        column_name="batch", attribute="batch", widget=widgets.ForeignKeyWidget(Batch)
    )

    class Meta:
        model = Holding
        fields = ("batch", "district", "age_from", "sex", "residents", "cards")
        import_id_fields = ("batch", "district", "age_from", "sex")


class BulkHoldingResource(HoldingResource):
    """Its quickest settings, which tie errors to no row and find no rows that are already there."""

    class Meta:
        model = Holding
        fields = HoldingResource.Meta.fields
        import_id_fields = HoldingResource.Meta.import_id_fields
        use_bulk = True
        batch_size = 1000
        force_init_instance = True
        skip_diff = True
