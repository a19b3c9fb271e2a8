from django.db import migrations

from crm.folding import folded, name_key, territory_of


def fold(apps, schema_editor):
    Organization = apps.get_model("crm", "Organization")
    Contact = apps.get_model("crm", "Contact")
    batch = []
    for row in Organization.objects.all().iterator(chunk_size=1000):
        row.folded = folded(f"{row.name} {row.town} {row.rna} {row.siren}")[:240]
        row.name_key = name_key(row.name)
        row.territory = territory_of(row.postcode, row.country)
        batch.append(row)
        if len(batch) == 500:
            Organization.objects.bulk_update(batch, ["folded", "name_key", "territory"])
            batch = []
    Organization.objects.bulk_update(batch, ["folded", "name_key", "territory"])
    for contact in Contact.objects.all().iterator(chunk_size=1000):
        Organization.objects.filter(pk=contact.organization_id, knowing_at=None).update(
            knowing_at=contact.last_inbound_at
        )


class Migration(migrations.Migration):
    """What search, duplicates and temperatures read, for the rows that were there before."""

    dependencies = [("crm", "0004_crm")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]
