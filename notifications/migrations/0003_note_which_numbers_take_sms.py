from django.db import migrations

from notifications.rules.phones import PhoneNotUnderstood, parse_phone

BATCH = 1000


def note(apps, schema_editor):
    points = apps.get_model("notifications", "ContactPoint").objects.filter(kind="phone")
    noted = []
    for point in points.iterator(chunk_size=BATCH):
        try:
            point.takes_sms = parse_phone(point.value).can_receive_sms
        except PhoneNotUnderstood:
            continue
        noted.append(point)
    points.bulk_update(noted, ["takes_sms"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_messages_that_arrive_once")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
