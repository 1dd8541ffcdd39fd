from typing import Any

from django.db import migrations

from outreach.visits import overlap_guard


def put_guard_up(apps: Any, schema_editor: Any) -> None:
    overlap_guard.install(schema_editor.connection)


def take_guard_down(apps: Any, schema_editor: Any) -> None:
    overlap_guard.remove(schema_editor.connection)


def name_who_is_visited(apps: Any, schema_editor: Any) -> None:
    """One participant for each visit there is.

    Somebody with two visits ahead, which nothing forbade until now, is open in the earlier one.
    """
    visit_rows = apps.get_model("visits", "Visit").objects.order_by("visit_on", "pk")
    participant = apps.get_model("visits", "VisitParticipant")
    open_already: set[int] = set()
    rows = []
    for visit, person, outcome in visit_rows.values_list("pk", "request__person_id", "outcome"):
        is_open = outcome == "" and person not in open_already
        if is_open:
            open_already.add(person)
        rows.append(participant(visit_id=visit, person_id=person, open=is_open))
    participant.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("visits", "0006_teams_go_out_by_the_clock")]

    operations = [
        migrations.RunPython(put_guard_up, take_guard_down),
        migrations.RunPython(name_who_is_visited, migrations.RunPython.noop),
    ]
