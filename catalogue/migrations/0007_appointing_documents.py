"""The decision that appoints people to the seat of a joining, as a document on its record."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_year_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="seatchoice",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.joiningdocument",
                verbose_name="the appointing decision as a document",
            ),
        ),
        migrations.AlterField(
            model_name="joiningdocument",
            name="kind",
            field=models.CharField(
                choices=[
                    ("pledge", "Letter of intent"),
                    ("decision", "The municipality's decision"),
                    ("appointment", "Decision that appoints to the seat"),
                    ("authority", "Signing authority or delegation"),
                    ("agreement", "Signed agreement"),
                    ("classification", "Information classification"),
                    ("dpia", "Data protection impact assessment"),
                    ("plan", "Plan of introduction"),
                    ("acceptance", "Acceptance record"),
                    ("notice", "Notice of termination"),
                    ("deletion", "Certificate of deletion"),
                    ("other", "Other document"),
                ],
                max_length=16,
                verbose_name="kind",
            ),
        ),
    ]
