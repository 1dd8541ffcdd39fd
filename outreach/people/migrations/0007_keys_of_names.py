from django.db import migrations

from outreach.people.rules.sounds import name_key, sound_of

AT_ONCE = 2000


def work_out(apps, schema_editor):
    """Whoever is on record already can be found by the sound of their name, too."""
    Person = apps.get_model('people', 'Person')
    batch = []
    for person in Person.objects.only('pk', 'name', 'kana').iterator(chunk_size=AT_ONCE):
        person.sound = sound_of(person.kana)[:120]
        person.name_key = name_key(person.name)[:120]
        batch.append(person)
        if len(batch) == AT_ONCE:
            Person.objects.bulk_update(batch, ['sound', 'name_key'])
            batch = []
    Person.objects.bulk_update(batch, ['sound', 'name_key'])


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_who_lives_where'),
    ]

    operations = [migrations.RunPython(work_out, migrations.RunPython.noop)]
