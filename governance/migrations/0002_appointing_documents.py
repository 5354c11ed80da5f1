"""The decisions that appoint people to seats, as documents on the shelf of the body."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0001_bodies_meetings_polls_minutes"),
        ("members", "0005_claimed_role"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="shelfdocument",
            name="governance_shelf_kind",
        ),
        migrations.AddField(
            model_name="seat",
            name="cancelled_on",
            field=models.DateField(blank=True, null=True, verbose_name="cancelled before it began"),
        ),
        # It pointed at documents of the CMS, and nothing in the product ever set it.
        migrations.RemoveField(model_name="mandate", name="document"),
        migrations.AddField(
            model_name="mandate",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.shelfversion",
                verbose_name="the decision as a document",
            ),
        ),
        migrations.AlterField(
            model_name="shelfdocument",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rules", "Rules of procedure"),
                    ("appointment", "Appointing decision"),
                    ("plan", "Plan"),
                    ("report", "Report"),
                    ("agreement", "Agreement"),
                    ("other", "Other"),
                ],
                default="other",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cancelled_on__isnull", True),
                    models.Q(
                        ("cancelled_on__lt", models.F("starts_on")),
                        ("ends_on", models.F("starts_on")),
                        ("ends_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="governance_seat_cancelled",
            ),
        ),
        migrations.AddConstraint(
            model_name="shelfdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["rules", "appointment", "plan", "report", "agreement", "other"])
                ),
                name="governance_shelf_kind",
            ),
        ),
    ]
