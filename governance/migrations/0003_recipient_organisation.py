"""The organisation that the recipient of an extract belongs to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_appointing_documents"),
        ("members", "0005_claimed_role"),
    ]

    operations = [
        migrations.AddField(
            model_name="recipient",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.organisation",
            ),
        ),
    ]
