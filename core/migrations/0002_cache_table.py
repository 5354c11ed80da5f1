"""The shared cache's table: the default cache without Redis, and the fallback when Redis is down."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """Create the table; the command leaves an existing one alone."""
    call_command(
        "createcachetable", "django_cache", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop, elidable=False)]
