from django.db import migrations, utils, transaction

INDEX = "organization_folded_trigrams"


def index(apps, schema_editor):
    """Where PostgreSQL has trigrams and lets us use them, a search among 100 000 organisations reads an index; elsewhere
    the same search reads the column."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except (utils.NotSupportedError, utils.ProgrammingError, utils.OperationalError):
        return  # not installed, or not for this user
    schema_editor.execute(
        f"CREATE INDEX IF NOT EXISTS {INDEX} ON crm_organization USING gin (folded gin_trgm_ops)"
    )


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0011_quick_lists'),
    ]

    operations = [
        migrations.RunPython(index, drop),
    ]
