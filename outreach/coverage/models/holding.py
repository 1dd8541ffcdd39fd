from collections.abc import Sequence

from django.db import connections, models, router

from outreach.coverage.models.batch import Batch
from outreach.places.models import District

# district id, first year of the age band, sex, residents, cards
Cell = tuple[int, int, str, int, int]

_COLUMNS = ("batch", "district", "age_from", "sex", "residents", "cards")
_FIVE_VALUES = "%s, %s, %s, %s, %s"
_FROM_ARRAYS = (
    "SELECT %s, * FROM"
    " unnest(%s::bigint[], %s::smallint[], %s::varchar[], %s::integer[], %s::integer[])"
)


class HoldingQuerySet(models.QuerySet["Holding"]):
    def by_district(self, batch: Batch) -> dict[int, tuple[int, int]]:
        """Residents and cards of each district that a batch counts, by district id."""
        sums = (
            self.filter(batch=batch)
            .values("district")
            .annotate(all_residents=models.Sum("residents"), all_cards=models.Sum("cards"))
            .values_list("district", "all_residents", "all_cards")
        )
        return {district: (residents, cards) for district, residents, cards in sums}

    def size_of(self, batch: Batch) -> tuple[int, int, int, int]:
        """Rows, districts, residents and cards of a batch."""
        size = self.filter(batch=batch).aggregate(
            rows=models.Count("pk"),
            districts=models.Count("district", distinct=True),
            all_residents=models.Sum("residents", default=0),
            all_cards=models.Sum("cards", default=0),
        )
        return size["rows"], size["districts"], size["all_residents"], size["all_cards"]

    def insert_cells(self, *, batch: Batch, cells: Sequence[Cell]) -> None:
        """Write a file's cells in one statement.

        27,000 model instances cost more than reading and checking the file they came from, so
        `bulk_create` is passed over; the database's own constraints hold all the same.
        """
        if not cells:
            return
        connection = connections[router.db_for_write(self.model)]
        quote = connection.ops.quote_name
        columns = ", ".join(
            quote(self.model._meta.get_field(name).column)  # type: ignore[union-attr, arg-type]
            for name in _COLUMNS
        )
        into = f"INSERT INTO {quote(self.model._meta.db_table)} ({columns})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # One array for each column, written out here: the driver would adapt each value.
                arrays = [
                    "{" + ",".join(map(str, column)) + "}" for column in zip(*cells, strict=True)
                ]
                cursor.execute(f"{into} {_FROM_ARRAYS}", [batch.pk, *arrays])
            else:
                cursor.executemany(f"{into} VALUES ({int(batch.pk)}, {_FIVE_VALUES})", cells)


class Holding(models.Model):
    """How many people of one district, age band and sex there are, and how many cards they hold.

    計 is never stored: it must equal 男 + 女 in the file, and is their sum here.
    """

    class Sex(models.TextChoices):
        MALE = "m"
        FEMALE = "f"
        # A file that counts no sexes has only 計.
        BOTH = "b"

    # No index of its own: the constraint below begins with the batch.
    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, related_name="holdings", db_index=False
    )
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="holdings")
    # The first year of the band: 0, 5, … 85 (85以上). -1: the file counts no age bands.
    age_from = models.SmallIntegerField()
    sex = models.CharField(max_length=1, choices=Sex.choices)
    residents = models.PositiveIntegerField()
    cards = models.PositiveIntegerField()

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "district", "age_from", "sex"], name="holding_cell_once"
            ),
            models.CheckConstraint(
                condition=models.Q(sex__in=["m", "f", "b"]), name="holding_sex_known"
            ),
            models.CheckConstraint(
                condition=models.Q(age_from__gte=-1, age_from__lte=120),
                name="holding_age_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"holding {self.pk}"
