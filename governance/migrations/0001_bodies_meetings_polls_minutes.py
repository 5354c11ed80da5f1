import django.db.models.deletion
import governance.models.afterwards
import governance.models.case
import governance.models.council
import governance.models.delegate
import governance.models.shelf
import governance.models.summons
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0005_joining"),
        ("core", "0004_media_file_index"),
        ("members", "0005_claimed_role"),
        ("members", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Council",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "public_id",
                    models.UUIDField(
                        default=uuid.uuid4, unique=True, verbose_name="identity in the ledger"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Governing council"),
                            ("committee", "Committee"),
                            ("assembly", "Assembly"),
                            ("general_meeting", "General meeting"),
                        ],
                        default="council",
                        max_length=16,
                        verbose_name="rule profile",
                    ),
                ),
                (
                    "mandate",
                    models.TextField(help_text="What the body decides on.", verbose_name="mandate"),
                ),
                (
                    "registry_code",
                    models.CharField(
                        help_text="Shown first in the registry number, for instance FR-BIB.",
                        max_length=20,
                        unique=True,
                        verbose_name="series of registry numbers",
                    ),
                ),
                (
                    "minutes_audience",
                    models.CharField(
                        choices=[("public", "Everyone"), ("member", "Signed-in members")],
                        default="public",
                        max_length=12,
                        verbose_name="who may read adjusted minutes",
                    ),
                ),
                (
                    "open_meetings",
                    models.BooleanField(
                        default=False, verbose_name="meetings are open to an audience"
                    ),
                ),
                ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="dissolved")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_groups",
                        to="governance.council",
                        verbose_name="body it works under",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.servicepage",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "body",
                "verbose_name_plural": "bodies",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["council", "committee", "assembly", "general_meeting"])
                        ),
                        name="governance_council_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_audience__in", ["public", "member"])),
                        name="governance_council_minutes_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_council_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="templates",
                        to="governance.council",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda template",
                "verbose_name_plural": "agenda templates",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "name"), name="governance_template_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CouncilVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(verbose_name="seen")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="governance.council",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="council_visits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "visit to a body",
                "verbose_name_plural": "visits to bodies",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "user"), name="governance_visit_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierMinutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("held_on", models.DateField(verbose_name="date of the meeting")),
                (
                    "paragraphs",
                    models.CharField(
                        blank=True,
                        help_text="For instance §§ 1-12.",
                        max_length=40,
                        verbose_name="paragraphs",
                    ),
                ),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "file",
                    models.FileField(
                        upload_to=governance.models.council.earlier_minutes_path,
                        verbose_name="file (PDF)",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("member", "Signed-in members"),
                            ("municipality", "The municipality concerned"),
                            ("network", "Members of the network"),
                            ("council", "The council"),
                            ("office", "The office"),
                        ],
                        default="council",
                        max_length=12,
                        verbose_name="audience",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier_minutes",
                        to="governance.council",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier minutes",
                "verbose_name_plural": "earlier minutes",
                "ordering": ("-held_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "audience__in",
                                [
                                    "public",
                                    "member",
                                    "municipality",
                                    "network",
                                    "council",
                                    "office",
                                ],
                            )
                        ),
                        name="governance_earlierminutes_audience",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("content", models.JSONField(verbose_name="content")),
                ("salt", models.CharField(blank=True, max_length=32, verbose_name="salt")),
                ("previous_hash", models.CharField(max_length=64, verbose_name="hash before")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="hash")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="governance.council",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger",
                "ordering": ("council", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "number"), name="governance_ledger_number"
                    ),
                    models.UniqueConstraint(
                        fields=("council", "previous_hash"), name="governance_ledger_one_chain"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("summoned", "Summoned"),
                            ("open", "In progress"),
                            ("adjourned", "Adjourned"),
                            ("closed", "Closed"),
                            ("adjusted", "Minutes adjusted"),
                            ("archived", "Archived"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends, as planned")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("room", "In a room"),
                            ("distance", "At a distance"),
                            ("both", "In a room and at a distance"),
                        ],
                        default="both",
                        max_length=8,
                        verbose_name="how it is held",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "link",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="link to join at a distance"
                    ),
                ),
                (
                    "is_constituting",
                    models.BooleanField(default=False, verbose_name="constituting meeting"),
                ),
                (
                    "rules",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="rules frozen at the summons"
                    ),
                ),
                (
                    "summons_number",
                    models.PositiveSmallIntegerField(default=0, verbose_name="number of summonses"),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "from_paper",
                    models.BooleanField(
                        default=False, verbose_name="held on paper, entered afterwards"
                    ),
                ),
                (
                    "cancelled_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was cancelled"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=0, verbose_name="version of the room"),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="governance.council",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ("-starts_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "summoned",
                                    "open",
                                    "adjourned",
                                    "closed",
                                    "adjusted",
                                    "archived",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="governance_meeting_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="governance_meeting_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="governance_meeting_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjuster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("is_substitute", models.BooleanField(default=False, verbose_name="substitute")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjusters",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "adjuster",
                "verbose_name_plural": "adjusters",
                "ordering": ("is_substitute", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "person"), name="governance_adjuster_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "answer",
                    models.CharField(
                        choices=[("coming", "Comes"), ("absent", "Does not come")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                (
                    "called",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="governance.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "person"), name="governance_answer_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["coming", "absent"])),
                        name="governance_answer_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingDemand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("reason", models.TextField(verbose_name="what the meeting is to handle")),
                (
                    "met_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="enough seats stood behind it"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="governance.council",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "demand for a meeting",
                "verbose_name_plural": "demands for a meeting",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="series")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="last number given")),
            ],
            options={
                "verbose_name": "number series",
                "verbose_name_plural": "number series",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "year"), name="governance_numberseries_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("vice_chair", "Vice chair"),
                            ("secretary", "Secretary of the body"),
                            ("auditor", "Auditor of the body"),
                            ("coopted", "Co-opted"),
                        ],
                        max_length=12,
                        verbose_name="office",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="order")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "appointed_reference",
                    models.CharField(max_length=250, verbose_name="decision that appointed"),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="governance.council",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="members.personname",
                    ),
                ),
            ],
            options={
                "verbose_name": "office",
                "verbose_name_plural": "offices",
                "ordering": ("council", "kind", "position"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="governance_office_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["chair", "vice_chair", "secretary", "auditor", "coopted"])
                        ),
                        name="governance_office_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "chair"), _negated=True),
                            ("position", 0),
                            _connector="OR",
                        ),
                        name="governance_office_chair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="number among the organisation's seats"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "participation_id",
                    models.BigIntegerField(
                        blank=True,
                        db_index=True,
                        null=True,
                        verbose_name="participation that gave the seat",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="governance.council",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "ordering": ("council", "organisation__name", "number"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="governance_seat_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="governance_seat_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandSupport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("supported_at", models.DateTimeField(verbose_name="time")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="governance.meetingdemand",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "support of a demand",
                "verbose_name_plural": "supports of demands",
                "ordering": ("supported_at",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("demand", "seat"), name="governance_support_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SentHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number of the entry")),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                ("recipients", models.PositiveIntegerField(verbose_name="number of recipients")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_heads",
                        to="governance.council",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_head",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "head that was sent out",
                "verbose_name_plural": "heads that were sent out",
                "ordering": ("council", "number"),
            },
        ),
        migrations.CreateModel(
            name="ShelfDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rules", "Rules of procedure"),
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
                ("dated_on", models.DateField(verbose_name="date")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("member", "Signed-in members"),
                            ("municipality", "The municipality concerned"),
                            ("network", "Members of the network"),
                            ("council", "The council"),
                            ("office", "The office"),
                        ],
                        default="council",
                        max_length=12,
                        verbose_name="audience",
                    ),
                ),
                ("is_secret", models.BooleanField(default=False, verbose_name="secret")),
                (
                    "secrecy_reason",
                    models.CharField(
                        blank=True, max_length=250, verbose_name="reason of the secrecy"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shelf",
                        to="governance.council",
                    ),
                ),
            ],
            options={
                "verbose_name": "document on the shelf",
                "verbose_name_plural": "documents on the shelf",
                "ordering": ("-dated_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_secret", False),
                            models.Q(("secrecy_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_shelf_secrecy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "audience__in",
                                [
                                    "public",
                                    "member",
                                    "municipality",
                                    "network",
                                    "council",
                                    "office",
                                ],
                            )
                        ),
                        name="governance_shelf_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["rules", "plan", "report", "agreement", "other"])
                        ),
                        name="governance_shelf_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShelfVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "file",
                    models.FileField(
                        upload_to=governance.models.shelf.shelf_file_path, verbose_name="file"
                    ),
                ),
                ("filename", models.CharField(max_length=150, verbose_name="file name")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="governance.shelfdocument",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version on the shelf",
                "verbose_name_plural": "versions on the shelf",
                "ordering": ("document", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "number"), name="governance_shelfversion_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CouncilSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                (
                    "changes",
                    models.JSONField(blank=True, default=dict, verbose_name="changed settings"),
                ),
                (
                    "adopted_reference",
                    models.CharField(
                        help_text="Who decided, when and the number of the decision.",
                        max_length=250,
                        verbose_name="decision that adopted it",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settings",
                        to="governance.council",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.shelfversion",
                        verbose_name="the adopted text",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the rules of procedure",
                "verbose_name_plural": "versions of the rules of procedure",
                "ordering": ("-valid_from",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "valid_from"), name="governance_settings_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Summons",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                ("snapshot", models.JSONField(verbose_name="content")),
                ("snapshot_hash", models.CharField(max_length=64, verbose_name="checksum")),
                (
                    "difference",
                    models.JSONField(blank=True, default=list, verbose_name="what changed"),
                ),
                ("kept_notice", models.BooleanField(verbose_name="sent in time")),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is late"),
                ),
                (
                    "file",
                    models.FileField(
                        upload_to=governance.models.summons.summons_path, verbose_name="file (PDF)"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summonses",
                        to="governance.meeting",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "summons",
                "verbose_name_plural": "summonses",
                "ordering": ("meeting", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="governance_summons_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SummonsDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.outboxmessage",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "summons",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="governance.summons",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery of a summons",
                "verbose_name_plural": "deliveries of summonses",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("summons", "person"), name="governance_delivery_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place on the agenda")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("formality", "Formality"),
                            ("information", "Information"),
                            ("decision", "Decision"),
                            ("election", "Election"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="heading")),
                (
                    "minutes_planned",
                    models.PositiveSmallIntegerField(default=5, verbose_name="estimated minutes"),
                ),
                (
                    "chooses_adjusters",
                    models.BooleanField(default=False, verbose_name="choice of adjusters"),
                ),
                (
                    "rapporteur",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="rapporteur (function)"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="governance.agendatemplate",
                    ),
                ),
            ],
            options={
                "verbose_name": "standing item",
                "verbose_name_plural": "standing items",
                "ordering": ("template", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("template", "position"), name="governance_templateitem_position"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TimePoll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_polls",
                        to="governance.council",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_poll",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "poll for a time",
                "verbose_name_plural": "polls for a time",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="WeightTableVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "table",
                    models.CharField(
                        choices=[
                            ("one", "One vote each"),
                            ("fee_class", "Fee class"),
                            ("ten_thousands", "One vote for every begun 10,000 inhabitants"),
                            ("inhabitants", "Number of inhabitants"),
                        ],
                        max_length=16,
                        verbose_name="table",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="in force from")),
                (
                    "population_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="reference date of the population"
                    ),
                ),
                (
                    "adopted_reference",
                    models.CharField(max_length=250, verbose_name="decision that adopted it"),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weight_tables",
                        to="governance.council",
                    ),
                ),
            ],
            options={
                "verbose_name": "weight table",
                "verbose_name_plural": "weight tables",
                "ordering": ("-valid_from",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "valid_from"), name="governance_weighttable_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WeightRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weight", models.PositiveIntegerField(verbose_name="weight")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="governance.weighttableversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "weight",
                "verbose_name_plural": "weights",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "organisation"), name="governance_weightrow_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="governance.timepoll",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed time",
                "verbose_name_plural": "proposed times",
                "ordering": ("starts_at",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("poll", "starts_at"), name="governance_timeoption_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="governance_timeoption_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("series", models.CharField(max_length=20, verbose_name="series")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("matter", "Matter"),
                            ("election", "Election"),
                            ("initiative", "Proposal from a member"),
                            ("report", "Report"),
                        ],
                        default="matter",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                (
                    "parties",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="sender or recipient"
                    ),
                ),
                (
                    "source_type",
                    models.CharField(blank=True, max_length=60, verbose_name="raised from"),
                ),
                (
                    "source_id",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="identity of the source"
                    ),
                ),
                ("background", models.TextField(blank=True, verbose_name="background")),
                (
                    "proposal",
                    models.JSONField(
                        blank=True, default=list, verbose_name="proposal to decision, att-clauses"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "Registered"),
                            ("in_preparation", "In preparation"),
                            ("ready", "Ready for a meeting"),
                            ("on_agenda", "On an agenda"),
                            ("being_handled", "Being handled"),
                            ("tabled", "Tabled"),
                            ("referred_back", "Referred back"),
                            ("taken_off", "Taken off the agenda"),
                            ("decided", "Decided"),
                            ("dispatched", "Dispatched"),
                            ("executed", "Carried out"),
                            ("closed", "Closed"),
                            ("written_off", "Written off"),
                        ],
                        default="registered",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("is_secret", models.BooleanField(default=False, verbose_name="secret")),
                (
                    "secrecy_reason",
                    models.CharField(
                        blank=True, max_length=250, verbose_name="reason of the secrecy"
                    ),
                ),
                ("registered_on", models.DateField(verbose_name="registered")),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="governance.council",
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ("-year", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "year", "number"), name="governance_case_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "registered",
                                    "in_preparation",
                                    "ready",
                                    "on_agenda",
                                    "being_handled",
                                    "tabled",
                                    "referred_back",
                                    "taken_off",
                                    "decided",
                                    "dispatched",
                                    "executed",
                                    "closed",
                                    "written_off",
                                ],
                            )
                        ),
                        name="governance_case_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_secret", False),
                            models.Q(("secrecy_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_case_secrecy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("memo", "Memorandum"),
                            ("proposal", "Proposal"),
                            ("statement", "Statement"),
                            ("agreement", "Agreement"),
                            ("other", "Other"),
                        ],
                        default="memo",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("dated_on", models.DateField(verbose_name="date")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("member", "Signed-in members"),
                            ("municipality", "The municipality concerned"),
                            ("network", "Members of the network"),
                            ("council", "The council"),
                            ("office", "The office"),
                        ],
                        default="council",
                        max_length=12,
                        verbose_name="audience",
                    ),
                ),
                ("is_secret", models.BooleanField(default=False, verbose_name="secret")),
                (
                    "secrecy_reason",
                    models.CharField(
                        blank=True, max_length=250, verbose_name="reason of the secrecy"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="governance.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a case",
                "verbose_name_plural": "documents of cases",
                "ordering": ("case", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "position"), name="governance_casedocument_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_secret", False),
                            models.Q(("secrecy_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_casedocument_secrecy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "audience__in",
                                [
                                    "public",
                                    "member",
                                    "municipality",
                                    "network",
                                    "council",
                                    "office",
                                ],
                            )
                        ),
                        name="governance_casedocument_audience",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseDocumentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "file",
                    models.FileField(
                        upload_to=governance.models.case.case_file_path, verbose_name="file"
                    ),
                ),
                ("filename", models.CharField(max_length=150, verbose_name="file name")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                (
                    "pages",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="pages of a PDF"
                    ),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="governance.casedocument",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a document",
                "verbose_name_plural": "versions of documents",
                "ordering": ("document", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "number"), name="governance_documentversion_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwarded_to",
                        to="governance.case",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwarded_from",
                        to="governance.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "forwarded case",
                "verbose_name_plural": "forwarded cases",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("origin", "target"), name="governance_caselink_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin", models.F("target")), _negated=True),
                        name="governance_caselink_other",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=20, verbose_name="event")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "Registered"),
                            ("in_preparation", "In preparation"),
                            ("ready", "Ready for a meeting"),
                            ("on_agenda", "On an agenda"),
                            ("being_handled", "Being handled"),
                            ("tabled", "Tabled"),
                            ("referred_back", "Referred back"),
                            ("taken_off", "Taken off the agenda"),
                            ("decided", "Decided"),
                            ("dispatched", "Dispatched"),
                            ("executed", "Carried out"),
                            ("closed", "Closed"),
                            ("written_off", "Written off"),
                        ],
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("happened_at", models.DateTimeField(verbose_name="time")),
                ("item_id", models.BigIntegerField(null=True, verbose_name="agenda item")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="governance.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a case",
                "verbose_name_plural": "steps of cases",
                "ordering": ("happened_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("question", models.TextField(verbose_name="question")),
                ("last_day", models.DateField(verbose_name="last day for answers")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="governance.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="ConsultationAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("text", models.TextField(blank=True, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="governance.consultation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a consultation",
                "verbose_name_plural": "answers to consultations",
                "ordering": ("organisation__name",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "organisation"),
                        name="governance_consultationanswer_unique",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("position", models.PositiveSmallIntegerField(verbose_name="place on the agenda")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("formality", "Formality"),
                            ("information", "Information"),
                            ("decision", "Decision"),
                            ("election", "Election"),
                        ],
                        default="decision",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="heading")),
                (
                    "proposal",
                    models.JSONField(
                        blank=True, default=list, verbose_name="proposal to decision, att-clauses"
                    ),
                ),
                (
                    "positions",
                    models.PositiveSmallIntegerField(default=1, verbose_name="places to fill"),
                ),
                (
                    "chooses_adjusters",
                    models.BooleanField(default=False, verbose_name="choice of adjusters"),
                ),
                (
                    "elects_to",
                    models.CharField(
                        blank=True,
                        choices=[("chair", "Chair"), ("vice_chair", "Vice chair")],
                        help_text="Who is elected holds the office from the day of the decision.",
                        max_length=12,
                        verbose_name="office of the body that is elected",
                    ),
                ),
                (
                    "minutes_planned",
                    models.PositiveSmallIntegerField(default=10, verbose_name="estimated minutes"),
                ),
                (
                    "rapporteur",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="rapporteur (function)"
                    ),
                ),
                (
                    "is_closed",
                    models.BooleanField(
                        default=False,
                        help_text="Only those who sit on the body see the content.",
                        verbose_name="behind closed doors",
                    ),
                ),
                (
                    "closed_reason",
                    models.CharField(
                        blank=True, max_length=250, verbose_name="reason of the closed doors"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "On the agenda"),
                            ("opened", "Under debate"),
                            ("debate_closed", "Debate closed"),
                            ("decided", "Decided"),
                            ("tabled", "Tabled"),
                            ("referred_back", "Referred back"),
                            ("noted", "Noted"),
                            ("withdrawn", "Withdrawn"),
                            ("not_reached", "Not reached"),
                        ],
                        default="confirmed",
                        max_length=14,
                        verbose_name="state",
                    ),
                ),
                (
                    "paragraph",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="paragraph"),
                ),
                (
                    "paragraph_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="governance.case",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.council",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda items",
                "ordering": ("meeting", "position"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "proposed",
                                    "confirmed",
                                    "opened",
                                    "debate_closed",
                                    "decided",
                                    "tabled",
                                    "referred_back",
                                    "noted",
                                    "withdrawn",
                                    "not_reached",
                                ],
                            )
                        ),
                        name="governance_item_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("elects_to", ""),
                            models.Q(
                                ("elects_to__in", {"chair": "Chair", "vice_chair": "Vice chair"}),
                                ("kind", "election"),
                            ),
                            _connector="OR",
                        ),
                        name="governance_item_elects_to",
                    ),
                    models.UniqueConstraint(
                        fields=("council", "paragraph_year", "paragraph"),
                        name="governance_item_paragraph_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("opened", "debate_closed"))),
                        fields=("meeting",),
                        name="governance_item_one_in_hand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paragraph__isnull", True), ("paragraph_year__isnull", True)),
                            models.Q(
                                ("paragraph__isnull", False), ("paragraph_year__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="governance_item_paragraph_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_closed", False),
                            models.Q(("closed_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_item_closed_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("text", models.TextField(verbose_name="note")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="item_notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "personal note",
                "verbose_name_plural": "personal notes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "user"), name="governance_itemnote_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0 is the ordinary member, 1 the first substitute.",
                        verbose_name="order",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "appointed_by",
                    models.CharField(
                        help_text="The body or delegate that decided.",
                        max_length=120,
                        verbose_name="appointed by",
                    ),
                ),
                ("appointed_on", models.DateField(verbose_name="date of the decision")),
                (
                    "decision_number",
                    models.CharField(max_length=60, verbose_name="number of the decision"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sitedocument",
                        verbose_name="the decision as a document",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="members.personname",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="governance.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "mandate",
                "verbose_name_plural": "mandates",
                "ordering": ("seat", "position", "starts_on"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="governance_mandate_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appointed_by", ""), _negated=True),
                            models.Q(("decision_number", ""), _negated=True),
                        ),
                        name="governance_mandate_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DelegateProxy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dated_on", models.DateField(verbose_name="date of the proxy")),
                (
                    "file",
                    models.FileField(
                        upload_to=governance.models.delegate.proxy_file_path,
                        verbose_name="file (PDF)",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxies",
                        to="governance.meeting",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "proxy",
                "verbose_name_plural": "proxies",
                "ordering": ("meeting", "seat"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "seat"), name="governance_proxy_member_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("summoned", "Summons sent"),
                            ("cancelled", "Meeting cancelled"),
                            ("opened", "Meeting opened"),
                            ("arrived", "Arrived"),
                            ("left", "Left"),
                            ("chair_chosen", "Chair of the meeting chosen"),
                            ("adjusters_chosen", "Adjusters chosen"),
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
                ("effective_at", models.DateTimeField(verbose_name="happened")),
                ("recorded_at", models.DateTimeField(verbose_name="entered")),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "In the room"),
                            ("distance", "At a distance, by sound and picture"),
                        ],
                        max_length=8,
                        verbose_name="takes part",
                    ),
                ),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="more")),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reason of the correction"
                    ),
                ),
                (
                    "from_paper",
                    models.BooleanField(
                        default=False, verbose_name="entered afterwards from paper"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="governance.meetingevent",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="governance.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "event of a meeting",
                "verbose_name_plural": "events of meetings",
                "ordering": ("meeting", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="governance_event_number"
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_event_correction_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Motion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("approve", "Approval"),
                            ("reject", "Rejection"),
                            ("amend", "Amendment"),
                            ("add", "Addition"),
                            ("table", "Tabling"),
                            ("refer_back", "Referral back"),
                            ("nominate", "Nomination"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="wording")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Made"),
                            ("withdrawn", "Withdrawn"),
                            ("refused", "Refused by the chair"),
                            ("admitted", "Taken up"),
                            ("carried", "Carried"),
                            ("rejected", "Rejected"),
                            ("eliminated", "Lost against another motion"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="made",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "refusal_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new_matter", "It raises a new matter"),
                            ("unlawful", "It is against law or the rules of the body"),
                        ],
                        max_length=10,
                        verbose_name="ground of the refusal",
                    ),
                ),
                (
                    "refusal",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was refused"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "mover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                        verbose_name="nominated to an office",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "motion",
                "verbose_name_plural": "motions",
                "ordering": ("item", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "number"), name="governance_motion_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "approve",
                                    "reject",
                                    "amend",
                                    "add",
                                    "table",
                                    "refer_back",
                                    "nominate",
                                ],
                            )
                        ),
                        name="governance_motion_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "made",
                                    "withdrawn",
                                    "refused",
                                    "admitted",
                                    "carried",
                                    "rejected",
                                    "eliminated",
                                    "lapsed",
                                ],
                            )
                        ),
                        name="governance_motion_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PropositionOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("formal", "Whether the matter is decided today"),
                            ("main", "The proposals"),
                            ("addition", "An addition"),
                            ("election", "An election"),
                            ("per_capsulam", "A matter without a meeting"),
                        ],
                        max_length=12,
                        verbose_name="question",
                    ),
                ),
                ("main", models.CharField(max_length=40, verbose_name="main proposal")),
                ("contenders", models.JSONField(default=list, verbose_name="the other proposals")),
                ("approved_at", models.DateTimeField(verbose_name="approved")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="poll_orders",
                        to="governance.agendaitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "order of propositions",
                "verbose_name_plural": "orders of propositions",
                "ordering": ("item", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("name", models.CharField(max_length=150, verbose_name="recipient")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="governance.agendaitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient",
                "verbose_name_plural": "recipients",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "email"), name="governance_recipient_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("ground", models.CharField(max_length=300, verbose_name="ground")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("in_force", "In force"),
                            ("contested", "Contested"),
                            ("dismissed", "Dismissed by the body"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="announced",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "called",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
            ],
            options={
                "verbose_name": "recusal",
                "verbose_name_plural": "recusals",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "person"), name="governance_recusal_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["announced", "in_force", "contested", "dismissed", "withdrawn"],
                            )
                        ),
                        name="governance_recusal_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weight", models.PositiveIntegerField(verbose_name="weight")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(null=True, verbose_name="last day")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll",
                        to="governance.meeting",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat on the roll",
                "verbose_name_plural": "roll",
                "ordering": ("organisation__name", "seat"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "seat"), name="governance_rollseat_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RollPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=12, verbose_name="office")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="order")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(null=True, verbose_name="last day")),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.mandate",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll_people",
                        to="governance.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll_rows",
                        to="members.personname",
                    ),
                ),
                (
                    "proxy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.delegateproxy",
                    ),
                ),
                (
                    "roll_seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="governance.rollseat",
                    ),
                ),
            ],
            options={
                "verbose_name": "person on the roll",
                "verbose_name_plural": "persons on the roll",
                "ordering": ("roll_seat", "position"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("roll_seat__isnull", False),
                            models.Q(("office", ""), _negated=True),
                            _connector="XOR",
                        ),
                        name="governance_rollperson_seat_or_office",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SpeakerRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("is_reply", models.BooleanField(default=False, verbose_name="reply")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("speaking", "Speaking"),
                            ("done", "Has spoken"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("began_at", models.DateTimeField(blank=True, null=True, verbose_name="began")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
                "ordering": ("item", "-is_reply", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("item", "person"),
                        name="governance_speaker_waits_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "speaking")),
                        fields=("item",),
                        name="governance_one_speaker",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Can"), ("maybe", "Can if needed"), ("no", "Cannot")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="governance.timeoption",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a proposed time",
                "verbose_name_plural": "answers to proposed times",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("option", "person"), name="governance_timeanswer_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "maybe", "no"])),
                        name="governance_timeanswer_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("matter", "Decision in the matter"),
                            ("election", "Election"),
                            ("tabled", "Tabled"),
                            ("referred_back", "Referred back"),
                            ("procedural", "Decision on procedure"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("acclamation", "Acclamation"),
                            ("poll", "Poll"),
                            ("per_capsulam", "Per capsulam"),
                        ],
                        default="acclamation",
                        max_length=12,
                        verbose_name="how",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("carried", "Carried"),
                            ("rejected", "Rejected"),
                            ("postponed", "Postponed"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("clauses", models.JSONField(default=list, verbose_name="att-clauses")),
                ("motivation", models.TextField(blank=True, verbose_name="motivation")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                ("recorded_at", models.DateTimeField(verbose_name="entered")),
                ("participants", models.JSONField(default=list, verbose_name="who took part")),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reason of the correction"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="governance.council",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "presided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="governance.decision",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="governance.meetingevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("-decided_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["matter", "election", "tabled", "referred_back", "procedural"],
                            )
                        ),
                        name="governance_decision_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["carried", "rejected", "postponed"])),
                        name="governance_decision_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "referred_back"), _negated=True),
                            models.Q(("motivation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_decision_motivation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_decision_correction_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionStatus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken", "Taken, not adjusted"),
                            ("adjusted", "Adjusted"),
                            ("in_force", "In force"),
                            ("announced", "Announced"),
                            ("appealed", "Appealed"),
                            ("legally_binding", "Has gained legal force"),
                            ("annulled", "Annulled by court"),
                            ("replaced", "Replaced by a newer decision"),
                        ],
                        default="taken",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "appealable_to",
                    models.DateField(blank=True, null=True, verbose_name="last day of appeal"),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status",
                        to="governance.decision",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="governance.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "state of a decision",
                "verbose_name_plural": "states of decisions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "taken",
                                    "adjusted",
                                    "in_force",
                                    "announced",
                                    "appealed",
                                    "legally_binding",
                                    "annulled",
                                    "replaced",
                                ],
                            )
                        ),
                        name="governance_decisionstatus_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="governance_decisionstatus_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "replaced"), ("successor__isnull", False)),
                            models.Q(
                                models.Q(("state", "replaced"), _negated=True),
                                ("successor__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="governance_decisionstatus_successor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dissent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reservation", "Reservation"),
                            ("statement", "Statement in the minutes"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("announced_at", models.DateTimeField(verbose_name="announced")),
                ("text", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissents",
                        to="governance.decision",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissents",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
            ],
            options={
                "verbose_name": "reservation or statement",
                "verbose_name_plural": "reservations and statements",
                "ordering": ("announced_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "person", "kind"), name="governance_dissent_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["reservation", "statement"])),
                        name="governance_dissent_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_begun", "Not begun"),
                            ("under_way", "Under way"),
                            ("done", "Carried out"),
                            ("not_relevant", "No longer relevant"),
                        ],
                        default="not_begun",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_up",
                        to="governance.decision",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="members.personname",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "ordering": ("due_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["not_begun", "under_way", "done", "not_relevant"])
                        ),
                        name="governance_followup_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUpReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="report")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_begun", "Not begun"),
                            ("under_way", "Under way"),
                            ("done", "Carried out"),
                            ("not_relevant", "No longer relevant"),
                        ],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("reported_at", models.DateTimeField(verbose_name="reported")),
                (
                    "follow_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="governance.followup",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a follow-up",
                "verbose_name_plural": "reports of follow-ups",
                "ordering": ("reported_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft minutes"),
                            ("ready", "Ready for adjustment"),
                            ("in_adjustment", "Being adjusted"),
                            ("referred", "Referred to the next meeting"),
                            ("adjusted", "Adjusted"),
                            ("announced", "On the notice board"),
                            ("taken_down", "Taken down from the notice board"),
                            ("archived", "Filed in the archive"),
                        ],
                        default="draft",
                        max_length=14,
                        verbose_name="state",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="place of the adjustment"
                    ),
                ),
                (
                    "adjusted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="adjusted"),
                ),
                (
                    "adjusted_by_decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.decision",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="governance.meeting",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
            ],
            options={
                "verbose_name": "minutes",
                "verbose_name_plural": "minutes of meetings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "ready",
                                    "in_adjustment",
                                    "referred",
                                    "adjusted",
                                    "announced",
                                    "taken_down",
                                    "archived",
                                ],
                            )
                        ),
                        name="governance_minutes_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adjusted_at__isnull", False),
                                ("state__in", ("adjusted", "announced", "taken_down", "archived")),
                            ),
                            models.Q(
                                ("adjusted_at__isnull", True),
                                models.Q(
                                    (
                                        "state__in",
                                        ("adjusted", "announced", "taken_down", "archived"),
                                    ),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="governance_minutes_adjusted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes_texts",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="governance.minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of minutes",
                "verbose_name_plural": "texts of minutes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "item"), name="governance_minutestext_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("item__isnull", True)),
                        fields=("minutes",),
                        name="governance_minutestext_introduction",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="governance.minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of minutes",
                "verbose_name_plural": "versions of minutes",
                "ordering": ("minutes", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "number"), name="governance_minutesversion_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesSigner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("secretary", "Secretary"),
                            ("presiding", "Presided"),
                            ("adjuster", "Adjuster"),
                        ],
                        max_length=10,
                        verbose_name="as",
                    ),
                ),
                ("items", models.JSONField(default=list, verbose_name="items")),
                (
                    "is_excused",
                    models.BooleanField(default=False, verbose_name="replaced by a substitute"),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why a substitute signs"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signers",
                        to="governance.minutesversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "signer of minutes",
                "verbose_name_plural": "signers of minutes",
                "ordering": ("version", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "person", "role"), name="governance_minutessigner_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["secretary", "presiding", "adjuster"])),
                        name="governance_minutessigner_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("secretary", "Secretary"),
                            ("presiding", "Presided"),
                            ("adjuster", "Adjuster"),
                        ],
                        max_length=10,
                        verbose_name="as",
                    ),
                ),
                ("items", models.JSONField(default=list, verbose_name="items")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum that was read")),
                ("signed_at", models.DateTimeField(verbose_name="signed")),
                ("second_factor_at", models.DateTimeField(verbose_name="second factor shown")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="governance.minutesversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature on minutes",
                "verbose_name_plural": "signatures on minutes",
                "ordering": ("version", "signed_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "person", "role"),
                        name="governance_minutessignature_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["secretary", "presiding", "adjuster"])),
                        name="governance_minutessignature_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("text", models.TextField(verbose_name="remark")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="governance.minutesversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark on minutes",
                "verbose_name_plural": "remarks on minutes",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Extract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("certified_at", models.DateTimeField(verbose_name="certified")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum of the PDF")),
                (
                    "file",
                    models.FileField(
                        upload_to=governance.models.afterwards.extract_path,
                        verbose_name="file (PDF)",
                    ),
                ),
                (
                    "certified_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extracts",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.minutesversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "extract",
                "verbose_name_plural": "extracts",
                "ordering": ("item", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "number"), name="governance_extract_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AdjustedParagraph",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                ("adjusted_at", models.DateTimeField(verbose_name="adjusted")),
                (
                    "immediately",
                    models.BooleanField(default=False, verbose_name="adjusted at once"),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjusted",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paragraphs",
                        to="governance.minutesversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "adjusted paragraph",
                "verbose_name_plural": "adjusted paragraphs",
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("put_up_on", models.DateField(verbose_name="put up")),
                (
                    "taken_down_on",
                    models.DateField(blank=True, null=True, verbose_name="taken down"),
                ),
                (
                    "kept_at",
                    models.CharField(max_length=200, verbose_name="where the minutes are kept"),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="governance.minutes",
                    ),
                ),
                (
                    "put_up_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ("put_up_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "item", "board"), name="governance_notice_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("board__isnull", True), ("item__isnull", True)),
                        fields=("minutes",),
                        name="governance_notice_own_board",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_down_on__isnull", True),
                            ("taken_down_on__gt", models.F("put_up_on")),
                            _connector="OR",
                        ),
                        name="governance_notice_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Poll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "public_id",
                    models.UUIDField(
                        default=uuid.uuid4, unique=True, verbose_name="identity in the ledger"
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(default=1, verbose_name="step of the order"),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="number within the item"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("matter", "Matter"), ("election", "Election")],
                        default="matter",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("formal", "Whether the matter is decided today"),
                            ("main", "The proposals"),
                            ("addition", "An addition"),
                            ("election", "An election"),
                            ("per_capsulam", "A matter without a meeting"),
                        ],
                        max_length=12,
                        verbose_name="what it settles",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="question")),
                (
                    "yes_key",
                    models.CharField(blank=True, max_length=40, verbose_name="yes stands for"),
                ),
                (
                    "no_key",
                    models.CharField(blank=True, max_length=40, verbose_name="no stands for"),
                ),
                ("yes_means", models.TextField(blank=True, verbose_name="a yes means")),
                ("no_means", models.TextField(blank=True, verbose_name="a no means")),
                (
                    "clauses",
                    models.JSONField(
                        blank=True, default=list, verbose_name="att-clauses, per capsulam"
                    ),
                ),
                (
                    "candidates",
                    models.JSONField(blank=True, default=list, verbose_name="candidates"),
                ),
                (
                    "positions",
                    models.PositiveSmallIntegerField(default=1, verbose_name="places to fill"),
                ),
                ("is_secret", models.BooleanField(default=False, verbose_name="secret")),
                (
                    "must_choose",
                    models.BooleanField(default=False, verbose_name="abstaining is not allowed"),
                ),
                (
                    "rule_type",
                    models.CharField(
                        choices=[
                            ("simple", "Simple majority"),
                            ("absolute", "More than half"),
                            ("qualified", "Qualified majority"),
                            ("unanimous", "Unanimity"),
                            ("minority", "A minority may postpone"),
                        ],
                        default="simple",
                        max_length=10,
                        verbose_name="rule",
                    ),
                ),
                (
                    "numerator",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="numerator"
                    ),
                ),
                (
                    "denominator",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="denominator"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cast", "of the votes cast"),
                            ("present", "of those present"),
                            ("all", "of all"),
                        ],
                        max_length=8,
                        verbose_name="of what",
                    ),
                ),
                ("quorum", models.BooleanField(default=True, verbose_name="quorum is checked")),
                (
                    "casting_vote",
                    models.BooleanField(default=True, verbose_name="the chair has a casting vote"),
                ),
                (
                    "double_majority",
                    models.BooleanField(default=False, verbose_name="double majority"),
                ),
                (
                    "per_capsulam",
                    models.BooleanField(default=False, verbose_name="without a meeting"),
                ),
                (
                    "deadline_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last time to answer"),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
                ),
                ("seats", models.PositiveIntegerField(default=0, verbose_name="seats")),
                ("vacancies", models.PositiveIntegerField(default=0, verbose_name="vacant seats")),
                ("requested_at", models.DateTimeField(verbose_name="requested")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "chair_view",
                    models.CharField(
                        blank=True,
                        max_length=3,
                        verbose_name="what a chair without a seat supports",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Ready to be opened"),
                            ("open", "Open for voting"),
                            ("closed", "Closed for voting"),
                            ("counted", "Counted"),
                            ("awaiting_chair", "Waits for the chair's vote"),
                            ("awaiting_lot", "Waits for a lot"),
                            ("settled", "Decided by votes"),
                            ("invalid", "Invalid"),
                            ("withdrawn", "Request withdrawn"),
                        ],
                        default="requested",
                        max_length=14,
                        verbose_name="state",
                    ),
                ),
                ("result", models.JSONField(blank=True, null=True, verbose_name="result")),
                ("winner", models.CharField(blank=True, max_length=40, verbose_name="what won")),
                (
                    "invalid_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is invalid"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="governance.case",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="governance.council",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="governance.decision",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="governance.meeting",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="governance.poll",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="governance.propositionorder",
                    ),
                ),
                (
                    "chair_seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "poll",
                "verbose_name_plural": "polls",
                "ordering": ("council", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("meeting",),
                        name="governance_poll_one_open",
                    ),
                    models.UniqueConstraint(
                        fields=("item", "number"), name="governance_poll_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "requested",
                                    "approved",
                                    "open",
                                    "closed",
                                    "counted",
                                    "awaiting_chair",
                                    "awaiting_lot",
                                    "settled",
                                    "invalid",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="governance_poll_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["matter", "election"])),
                        name="governance_poll_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rule_type__in",
                                ["simple", "absolute", "qualified", "unanimous", "minority"],
                            )
                        ),
                        name="governance_poll_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_secret", False),
                            models.Q(("kind", "election"), ("per_capsulam", False)),
                            _connector="OR",
                        ),
                        name="governance_poll_secret_elections",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("case__isnull", False),
                                ("meeting__isnull", True),
                                ("per_capsulam", True),
                            ),
                            models.Q(
                                ("item__isnull", False),
                                ("meeting__isnull", False),
                                ("per_capsulam", False),
                            ),
                            _connector="OR",
                        ),
                        name="governance_poll_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("denominator__isnull", True), ("numerator__isnull", True)),
                            models.Q(
                                ("denominator__gte", 1), ("numerator__lte", models.F("denominator"))
                            ),
                            _connector="OR",
                        ),
                        name="governance_poll_fraction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chair_view__in", ["", "yes", "no"])),
                        name="governance_poll_chair_view",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "invalid"), _negated=True),
                            models.Q(("invalid_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_poll_invalid_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="governance_poll_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("names", models.JSONField(verbose_name="between")),
                ("places", models.PositiveSmallIntegerField(verbose_name="places")),
                (
                    "commitment",
                    models.CharField(max_length=64, verbose_name="checksum of the seed"),
                ),
                ("committed_at", models.DateTimeField(verbose_name="committed")),
                ("sealed_seed", models.BinaryField(verbose_name="seed, sealed until the draw")),
                ("seed", models.CharField(blank=True, max_length=64, verbose_name="seed")),
                (
                    "witness_words",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="what the witness said"
                    ),
                ),
                ("drawn", models.JSONField(default=list, verbose_name="drawn")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="drawn at")),
                ("is_by_hand", models.BooleanField(default=False, verbose_name="drawn by hand")),
                (
                    "drawer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "poll",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lot",
                        to="governance.poll",
                    ),
                ),
            ],
            options={
                "verbose_name": "lot",
                "verbose_name_plural": "lots",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drawn_at__isnull", True), ("seed", "")),
                            models.Q(
                                ("drawn_at__isnull", False),
                                models.Q(("seed", ""), _negated=True),
                                ("is_by_hand", False),
                            ),
                            models.Q(
                                ("drawn_at__isnull", False), ("is_by_hand", True), ("seed", "")
                            ),
                            _connector="OR",
                        ),
                        name="governance_lot_drawn",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionFlag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("still_quorate", models.BooleanField(verbose_name="still quorate")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="seen")),
                (
                    "answer",
                    models.CharField(blank=True, max_length=300, verbose_name="the chair's answer"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="governance.decision",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="governance.meetingevent",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="governance.poll",
                    ),
                ),
            ],
            options={
                "verbose_name": "flag on a decision or poll",
                "verbose_name_plural": "flags on decisions and polls",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "event"), name="governance_flag_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("poll", "event"), name="governance_flag_poll_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__isnull", False), ("poll__isnull", True)),
                            models.Q(("decision__isnull", True), ("poll__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_flag_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtractDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmed")),
                (
                    "confirmed_how",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how it was confirmed"
                    ),
                ),
                (
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="governance.extract",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.outboxmessage",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="governance.recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery of an extract",
                "verbose_name_plural": "deliveries of extracts",
                "ordering": ("recipient__name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("extract", "recipient"), name="governance_extractdelivery_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stood", models.TextField(verbose_name="what stood")),
                ("shall_stand", models.TextField(verbose_name="what shall stand")),
                ("reason", models.TextField(verbose_name="reason")),
                ("decided_by", models.CharField(max_length=200, verbose_name="decided by")),
                ("decided_on", models.DateField(verbose_name="date of the decision")),
                ("recorded_at", models.DateTimeField(verbose_name="entered")),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="governance.minutes",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rectification",
                "verbose_name_plural": "rectifications",
                "ordering": ("recorded_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PollSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("municipality", models.CharField(max_length=12, verbose_name="municipality code")),
                ("weight", models.PositiveIntegerField(verbose_name="weight")),
                ("present", models.BooleanField(verbose_name="present")),
                ("recused", models.BooleanField(verbose_name="recused")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.personname",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll",
                        to="governance.poll",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat on the roll of a poll",
                "verbose_name_plural": "roll of a poll",
                "ordering": ("poll", "organisation__name", "seat"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("poll", "seat"), name="governance_pollseat_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                ("choice", models.CharField(blank=True, max_length=8, verbose_name="choice")),
                ("names", models.JSONField(blank=True, default=list, verbose_name="names")),
                (
                    "entry",
                    models.CharField(
                        choices=[
                            ("device", "By the member"),
                            ("show_of_hands", "Show of hands, entered by the secretary"),
                            ("roll_call", "Roll call, entered by the secretary"),
                            ("chair", "By the chair after a tie"),
                        ],
                        max_length=14,
                        verbose_name="how it came",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="written reasons")),
                ("cast_at", models.DateTimeField(verbose_name="cast")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="members.personname",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="governance.poll",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "ballot",
                "verbose_name_plural": "ballots",
                "ordering": ("poll", "seat", "revision"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("poll", "seat", "revision"), name="governance_ballot_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["", "yes", "no", "abstain", "blank"])),
                        name="governance_ballot_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entry__in", ["device", "show_of_hands", "roll_call", "chair"])
                        ),
                        name="governance_ballot_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revision__gte", 1)), name="governance_ballot_revision"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecretUrn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ballots",
                    models.JSONField(default=list, null=True, verbose_name="ballots, sorted"),
                ),
                (
                    "on_paper",
                    models.PositiveIntegerField(default=0, verbose_name="of them counted on paper"),
                ),
                ("salt", models.CharField(blank=True, max_length=64, verbose_name="salt")),
                (
                    "digest",
                    models.CharField(blank=True, max_length=64, verbose_name="checksum of the set"),
                ),
                (
                    "poll",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urn",
                        to="governance.poll",
                    ),
                ),
            ],
            options={
                "verbose_name": "ballots of a secret poll",
                "verbose_name_plural": "ballots of secret polls",
            },
        ),
        migrations.CreateModel(
            name="SecretVoter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("has_voted", models.BooleanField(default=False, verbose_name="has voted")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voters",
                        to="governance.poll",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "voter in a secret poll",
                "verbose_name_plural": "voters in secret polls",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("poll", "seat"), name="governance_secretvoter_unique"
                    )
                ],
            },
        ),
    ]
