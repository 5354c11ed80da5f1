from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0004_dissents_for_several"),
        ("members", "0005_claimed_role"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="meetingevent",
            name="governance_event_kind",
        ),
        migrations.AlterField(
            model_name="meetingevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("summoned", "Summons sent"),
                    ("cancelled", "Meeting cancelled"),
                    ("opened", "Meeting opened"),
                    ("arrived", "Arrived"),
                    ("left", "Left"),
                    ("chair_chosen", "Chair of the meeting chosen"),
                    ("adjusters_chosen", "Adjusters chosen"),
                    ("item_agreed", "All agreed to take up a matter outside the summons"),
                    ("item_opened", "Item opened"),
                    ("recused", "Recused"),
                    ("recusal_ended", "Recusal ended"),
                    ("recusal_tried", "Contested recusal decided"),
                    ("motion_made", "Motion made"),
                    ("motion_changed", "Motion changed state"),
                    ("debate_closed", "Debate closed"),
                    ("finding", "Chair's finding"),
                    ("poll_requested", "Poll requested"),
                    ("poll_withdrawn", "Request for a poll withdrawn"),
                    ("decided", "Decided"),
                    ("item_closed", "Item closed"),
                    ("adjourned", "Meeting adjourned"),
                    ("resumed", "Meeting resumed"),
                    ("closed", "Meeting closed"),
                    ("voided", "Entry struck out"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "summoned",
                            "cancelled",
                            "opened",
                            "arrived",
                            "left",
                            "chair_chosen",
                            "adjusters_chosen",
                            "item_agreed",
                            "item_opened",
                            "recused",
                            "recusal_ended",
                            "recusal_tried",
                            "motion_made",
                            "motion_changed",
                            "debate_closed",
                            "finding",
                            "poll_requested",
                            "poll_withdrawn",
                            "decided",
                            "item_closed",
                            "adjourned",
                            "resumed",
                            "closed",
                            "voided",
                        ],
                    )
                ),
                name="governance_event_kind",
            ),
        ),
    ]
