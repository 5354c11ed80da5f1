"""An adjuster who steps in for another after having signed signs once more."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_matters_outside_the_summons"),
        ("members", "0005_claimed_role"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="minutessignature",
            name="governance_minutessignature_unique",
        ),
        migrations.AddConstraint(
            model_name="minutessignature",
            constraint=models.UniqueConstraint(
                condition=~Q(role="adjuster"),
                fields=("version", "person", "role"),
                name="governance_minutessignature_once",
            ),
        ),
    ]
