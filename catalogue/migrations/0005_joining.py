import catalogue.models.dossier
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_area_parent_is_main"),
        ("core", "0004_media_file_index"),
        ("members", "0005_claimed_role"),
        ("members", "__first__"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="last published at"
                    ),
                ),
                (
                    "go_live_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
                ),
                (
                    "expire_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
                ),
                (
                    "expired",
                    models.BooleanField(default=False, editable=False, verbose_name="expired"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accession", "Accession agreement"),
                            ("dpa", "Data processing agreement"),
                            ("joint", "Arrangement between joint controllers"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                (
                    "version_name",
                    models.CharField(
                        default="1.0", max_length=40, verbose_name="name of the version"
                    ),
                ),
                ("body", models.TextField(verbose_name="text (Markdown)")),
                ("annexes", models.TextField(blank=True, verbose_name="annexes (Markdown)")),
                ("sla", models.TextField(blank=True, verbose_name="service level (Markdown)")),
                (
                    "instruction",
                    models.TextField(
                        blank=True, verbose_name="instruction on personal data (Markdown)"
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement_templates",
                        to="catalogue.servicepage",
                        verbose_name="service; empty for all services",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement template",
                "verbose_name_plural": "agreement templates",
                "ordering": ("kind", "title"),
            },
        ),
        migrations.CreateModel(
            name="CostModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("adopted", "Adopted"),
                            ("replaced", "Replaced by a newer version"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("total", models.BigIntegerField(verbose_name="cost of the year (öre)")),
                (
                    "outcome",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="outcome of the year (öre)"
                    ),
                ),
                (
                    "vat_category",
                    models.CharField(
                        choices=[
                            ("S", "VAT"),
                            ("E", "Exempt from VAT"),
                            ("O", "Outside the scope of VAT"),
                        ],
                        default="S",
                        max_length=1,
                        verbose_name="VAT category",
                    ),
                ),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(
                        default=2500, verbose_name="VAT rate (hundredths of a percent)"
                    ),
                ),
                (
                    "population_on",
                    models.DateField(verbose_name="reference date of the population"),
                ),
                (
                    "population_source",
                    models.CharField(max_length=100, verbose_name="source of the population"),
                ),
                (
                    "point_classes",
                    models.JSONField(
                        blank=True,
                        default=list,
                        verbose_name="class points: list of lower bound and points",
                    ),
                ),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="adopted on")),
                (
                    "adopted_reference",
                    models.CharField(blank=True, max_length=200, verbose_name="decision"),
                ),
                (
                    "adopted_url",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="address of the decision"
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "adopted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_models",
                        to="catalogue.servicepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "cost model",
                "verbose_name_plural": "cost models",
                "ordering": ("-year", "-version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "year", "version"), name="catalogue_costmodel_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")),
                        fields=("service", "year"),
                        name="catalogue_costmodel_one_adopted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total__gte", 0),
                            models.Q(
                                ("outcome__isnull", True), ("outcome__gte", 0), _connector="OR"
                            ),
                        ),
                        name="catalogue_costmodel_amounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_rate__lte", 10000),
                            models.Q(("vat_category", "S"), ("vat_rate", 0), _connector="OR"),
                        ),
                        name="catalogue_costmodel_vat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("adopted_on__isnull", False),
                                models.Q(("adopted_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_costmodel_adopted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("usage", models.PositiveIntegerField(blank=True, null=True, verbose_name="usage")),
                (
                    "points",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="points"),
                ),
                (
                    "population",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="inhabitants"),
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
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="catalogue.costmodel",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of a cost model",
                "verbose_name_plural": "figures of cost models",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "organisation"), name="catalogue_costfigure_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CostModelPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("equal", "Equal shares"),
                            ("population", "By inhabitants"),
                            ("points", "By class points"),
                            ("usage", "By usage"),
                            ("fixed", "A fixed amount from each"),
                        ],
                        max_length=10,
                        verbose_name="by",
                    ),
                ),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="share (hundredths of a percent)"
                    ),
                ),
                (
                    "amount",
                    models.BigIntegerField(default=0, verbose_name="amount from each (öre)"),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="catalogue.costmodel",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a cost model",
                "verbose_name_plural": "parts of cost models",
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "position"), name="catalogue_costmodelpart_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gte", 0), ("by", "fixed"), ("share", 0)),
                            models.Q(
                                models.Q(("by", "fixed"), _negated=True),
                                ("amount", 0),
                                ("share__lte", 10000),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_costmodelpart_figures",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeRow",
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
                            ("annual", "Annual membership fee"),
                            ("entry", "Entry contribution, once"),
                            ("correction", "Correction"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("amount", models.BigIntegerField(verbose_name="amount without VAT (öre)")),
                (
                    "vat_category",
                    models.CharField(
                        choices=[
                            ("S", "VAT"),
                            ("E", "Exempt from VAT"),
                            ("O", "Outside the scope of VAT"),
                        ],
                        max_length=1,
                        verbose_name="VAT category",
                    ),
                ),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(
                        verbose_name="VAT rate (hundredths of a percent)"
                    ),
                ),
                ("vat", models.BigIntegerField(verbose_name="VAT (öre)")),
                ("basis", models.JSONField(default=dict, verbose_name="computed from")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_rows",
                        to="members.membership",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_rows",
                        to="members.organisation",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consequences",
                        to="catalogue.feerow",
                    ),
                ),
            ],
            options={
                "verbose_name": "fee row",
                "verbose_name_plural": "fee rows",
                "ordering": ("year", "organisation", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "annual")),
                        fields=("organisation", "year"),
                        name="catalogue_feerow_one_a_year",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "entry")),
                        fields=("membership",),
                        name="catalogue_feerow_one_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("kind", "correction"), _negated=True), ("amount__gte", 0)
                            ),
                            models.Q(
                                ("kind", "correction"),
                                ("origin__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_feerow_correction",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoiningGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("name", models.CharField(max_length=120, verbose_name="name of the group")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joining_groups",
                        to="catalogue.servicepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "group that joins together",
                "verbose_name_plural": "groups that join together",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="OnboardingTemplateStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("position", models.PositiveSmallIntegerField(default=10, verbose_name="order")),
                ("title", models.CharField(max_length=150, verbose_name="step")),
                ("text", models.TextField(blank=True, verbose_name="how")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("municipality", "The municipality"),
                            ("office", "The office"),
                            ("supplier", "The supplier"),
                        ],
                        max_length=12,
                        verbose_name="responsible",
                    ),
                ),
                (
                    "offset_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days after the start"
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sitedocument",
                        verbose_name="document",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="onboarding_template",
                        to="catalogue.servicepage",
                        verbose_name="service; empty for all services",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the introduction (template)",
                "verbose_name_plural": "steps of the introduction (templates)",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Participation",
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
                            ("interest", "Interest"),
                            ("dialogue", "Dialogue"),
                            ("decision-pending", "Decision under way"),
                            ("decided", "Decided"),
                            ("agreement-sent", "Agreement sent"),
                            ("agreement-signed", "Agreement signed"),
                            ("onboarding", "Being introduced"),
                            ("production", "In use"),
                            ("terminated", "Terminated"),
                            ("winding-up", "Winding up"),
                            ("ended", "Participation ended"),
                            ("withdrawn", "Withdrawn"),
                            ("declined", "Declined"),
                            ("paused", "Paused"),
                        ],
                        default="interest",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateTimeField(verbose_name="in this state since")),
                ("interest", models.TextField(blank=True, verbose_name="what you want to solve")),
                (
                    "membership_applied_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="applied for membership on"
                    ),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kl-9-37", "Agreement with a municipality or region (KL 9:37)"),
                            ("kl-9-19", "Joint board (KL 9:19)"),
                            ("procurement", "Procurement"),
                            (
                                "lou-3-11",
                                "Internal contract, exempt from procurement (LOU 3:11-16)",
                            ),
                            ("lou-3-17", "Cooperation, exempt from procurement (LOU 3:17-18)"),
                        ],
                        max_length=12,
                        verbose_name="legal basis",
                    ),
                ),
                (
                    "legal_reference",
                    models.CharField(
                        blank=True, max_length=250, verbose_name="reference of the legal basis"
                    ),
                ),
                (
                    "legal_reason",
                    models.TextField(blank=True, verbose_name="reason of the exemption"),
                ),
                (
                    "legal_assessor",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="assessed by (function)"
                    ),
                ),
                (
                    "legal_assessed_on",
                    models.DateField(blank=True, null=True, verbose_name="assessed on"),
                ),
                (
                    "data_protection",
                    models.CharField(
                        choices=[
                            ("dpa", "Data processing agreement (GDPR art. 28)"),
                            ("joint", "Joint controllers (GDPR art. 26)"),
                            ("none", "No personal data"),
                        ],
                        default="dpa",
                        max_length=6,
                        verbose_name="personal data",
                    ),
                ),
                (
                    "no_personal_data_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why no personal data is processed"
                    ),
                ),
                (
                    "wants_seat",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="takes a seat on the council"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                (
                    "go_live_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="planned first day of use"
                    ),
                ),
                (
                    "production_on",
                    models.DateField(blank=True, null=True, verbose_name="in use since"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "notice_months",
                    models.PositiveSmallIntegerField(default=12, verbose_name="months of notice"),
                ),
                (
                    "notice_at_year_end",
                    models.BooleanField(default=True, verbose_name="ends at the end of a year"),
                ),
                (
                    "paused_from",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="state before the pause"
                    ),
                ),
                (
                    "terminated_from",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="state before the termination"
                    ),
                ),
                ("taken_over", models.BooleanField(default=False, verbose_name="taken over")),
                (
                    "takeover_source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="source of the takeover"
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="catalogue.joininggroup",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="members.organisation",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="catalogue.participation",
                        verbose_name="earlier participation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="catalogue.servicepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "participation",
                "verbose_name_plural": "participations",
                "ordering": ("-state_since", "-pk"),
                "indexes": [
                    models.Index(fields=["state", "service"], name="catalogue_particip_state"),
                    models.Index(fields=["organisation", "state"], name="catalogue_particip_org"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "interest",
                                    "dialogue",
                                    "decision-pending",
                                    "decided",
                                    "agreement-sent",
                                    "agreement-signed",
                                    "onboarding",
                                    "production",
                                    "terminated",
                                    "winding-up",
                                    "ended",
                                    "withdrawn",
                                    "declined",
                                    "paused",
                                ],
                            )
                        ),
                        name="catalogue_particip_state_ok",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("ended", "withdrawn", "declined")), _negated=True
                        ),
                        fields=("service", "organisation"),
                        name="catalogue_particip_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="catalogue_particip_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        "agreement-signed",
                                        "onboarding",
                                        "production",
                                        "terminated",
                                        "winding-up",
                                        "ended",
                                    ],
                                ),
                                _negated=True,
                            ),
                            ("starts_on__isnull", False),
                            _connector="OR",
                        ),
                        name="catalogue_particip_started",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["terminated", "winding-up", "ended"]), _negated=True
                            ),
                            models.Q(
                                ("ends_on__isnull", False),
                                models.Q(("terminated_from", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_particip_has_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("agreement-signed", "onboarding", "production")),
                                _negated=True,
                            ),
                            ("ends_on__isnull", True),
                            _connector="OR",
                        ),
                        name="catalogue_particip_open_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "production"), _negated=True),
                            ("production_on__isnull", False),
                            _connector="OR",
                        ),
                        name="catalogue_particip_in_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "paused"), _negated=True),
                            ("paused_from__in", ("dialogue", "onboarding")),
                            _connector="OR",
                        ),
                        name="catalogue_particip_paused",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_basis__in", ("lou-3-11", "lou-3-17")), _negated=True),
                            models.Q(
                                models.Q(("legal_reason", ""), _negated=True),
                                models.Q(("legal_assessor", ""), _negated=True),
                                ("legal_assessed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_particip_exemption",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_over", False),
                            models.Q(("takeover_source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="catalogue_particip_takeover",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoiningDocument",
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
                            ("pledge", "Letter of intent"),
                            ("decision", "The municipality's decision"),
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "file",
                    models.FileField(
                        upload_to=catalogue.models.dossier.document_path, verbose_name="file"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum (SHA-256)")),
                (
                    "dated_on",
                    models.DateField(blank=True, null=True, verbose_name="date of the document"),
                ),
                (
                    "retention",
                    models.CharField(
                        choices=[
                            ("keep", "Kept for ever"),
                            ("contract", "Ten years after the end"),
                            ("short", "Two years after the end"),
                        ],
                        max_length=10,
                        verbose_name="retention",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "document on a participation",
                "verbose_name_plural": "documents on participations",
                "ordering": ("kind", "version", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "kind", "title", "version"),
                        name="catalogue_joiningdocument_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JoiningDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=120, verbose_name="body or delegate")),
                (
                    "by_delegation",
                    models.BooleanField(default=False, verbose_name="decided by delegation"),
                ),
                ("decided_on", models.DateField(verbose_name="date of the decision")),
                (
                    "registry_number",
                    models.CharField(max_length=60, verbose_name="registry number"),
                ),
                (
                    "announced_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="minutes announced on the notice board"
                    ),
                ),
                (
                    "final_on",
                    models.DateField(blank=True, null=True, verbose_name="gained legal force on"),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded")),
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.joiningdocument",
                        verbose_name="document",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision to join",
                "verbose_name_plural": "decisions to join",
                "ordering": ("recorded_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("announced_on__isnull", True),
                            ("announced_on__gte", models.F("decided_on")),
                            _connector="OR",
                        ),
                        name="catalogue_joiningdecision_announced",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("final_on__isnull", True),
                            ("final_on__gte", models.F("decided_on")),
                            _connector="OR",
                        ),
                        name="catalogue_joiningdecision_final",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoiningContact",
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
                            ("agreement", "Agreement and administration"),
                            ("owner", "Service owner in the municipality"),
                            ("manager", "Management"),
                            ("introduction", "Leads the introduction"),
                            ("technical", "Technical contact"),
                            ("incident", "Security and incidents, around the clock"),
                            ("data-protection", "Data protection officer"),
                            ("invoice", "Finance and invoices"),
                            ("support", "Support"),
                        ],
                        max_length=16,
                        verbose_name="answers for",
                    ),
                ),
                ("function", models.CharField(max_length=120, verbose_name="function")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="invoice reference"),
                ),
                (
                    "peppol_id",
                    models.CharField(blank=True, max_length=60, verbose_name="Peppol id"),
                ),
                ("reviewed_on", models.DateField(verbose_name="last looked through")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact of a participation",
                "verbose_name_plural": "contacts of participations",
                "ordering": ("role",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "role"),
                        name="catalogue_joiningcontact_one_per_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "agreement",
                                    "owner",
                                    "manager",
                                    "introduction",
                                    "technical",
                                    "incident",
                                    "data-protection",
                                    "invoice",
                                    "support",
                                ],
                            )
                        ),
                        name="catalogue_joiningcontact_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostRow",
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
                            ("share", "Share of the year's cost"),
                            ("newcomer", "Share of a year joined midway"),
                            ("credit", "Credited from a newcomer of the year before"),
                            ("correction", "Correction"),
                            ("settlement", "Final settlement"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("amount", models.BigIntegerField(verbose_name="amount without VAT (öre)")),
                (
                    "vat_category",
                    models.CharField(
                        choices=[
                            ("S", "VAT"),
                            ("E", "Exempt from VAT"),
                            ("O", "Outside the scope of VAT"),
                        ],
                        max_length=1,
                        verbose_name="VAT category",
                    ),
                ),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(
                        verbose_name="VAT rate (hundredths of a percent)"
                    ),
                ),
                ("vat", models.BigIntegerField(verbose_name="VAT (öre)")),
                ("basis", models.JSONField(default=dict, verbose_name="computed from")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="catalogue.costmodel",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_rows",
                        to="members.organisation",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consequences",
                        to="catalogue.costrow",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_rows",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "cost row",
                "verbose_name_plural": "cost rows",
                "ordering": ("year", "organisation", "pk"),
                "indexes": [
                    models.Index(fields=["organisation", "year"], name="catalogue_costrow_org_year")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["share", "newcomer"])),
                        fields=("model", "organisation", "kind"),
                        name="catalogue_costrow_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["share", "newcomer"])),
                        fields=("participation", "year"),
                        name="catalogue_costrow_one_charge",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "credit")),
                        fields=("origin", "organisation"),
                        name="catalogue_costrow_one_credit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["credit", "correction"]), _negated=True),
                            ("origin__isnull", False),
                            _connector="OR",
                        ),
                        name="catalogue_costrow_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["correction", "settlement"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="catalogue_costrow_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["share", "newcomer"]), _negated=True),
                            ("amount__gte", 0),
                            _connector="OR",
                        ),
                        name="catalogue_costrow_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
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
                            ("accession", "Accession agreement"),
                            ("dpa", "Data processing agreement"),
                            ("joint", "Arrangement between joint controllers"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent for signing"),
                            ("signed", "Signed by both sides"),
                            ("replaced", "Replaced by a newer version"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("template_version", models.CharField(max_length=200, verbose_name="template")),
                (
                    "change_note",
                    models.CharField(blank=True, max_length=300, verbose_name="what changed"),
                ),
                ("content", models.JSONField(verbose_name="content")),
                ("dated_on", models.DateField(verbose_name="date of the document")),
                (
                    "agreed_start",
                    models.DateField(blank=True, null=True, verbose_name="agreed first day"),
                ),
                (
                    "amount",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="amount per year (öre)"
                    ),
                ),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "renews",
                    models.BooleanField(default=True, verbose_name="renewed unless terminated"),
                ),
                (
                    "pdf",
                    models.FileField(
                        blank=True,
                        upload_to=catalogue.models.dossier.document_path,
                        verbose_name="document",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="checksum (SHA-256)"),
                ),
                (
                    "signed_pdf",
                    models.FileField(
                        blank=True,
                        upload_to=catalogue.models.dossier.document_path,
                        verbose_name="document signed elsewhere",
                    ),
                ),
                ("signed_sha256", models.CharField(blank=True, max_length=64)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                (
                    "signed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="signed by both sides"
                    ),
                ),
                ("taken_over", models.BooleanField(default=False, verbose_name="taken over")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "counterparty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements_as_association",
                        to="members.organisation",
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
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ("kind", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "kind", "number"),
                        name="catalogue_agreement_number",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "sent")),
                        fields=("participation", "kind"),
                        name="catalogue_agreement_one_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("pdf", ""), _negated=True),
                                ("sent_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_agreement_sent_is_fixed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            ("signed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="catalogue_agreement_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted_on", models.DateField(verbose_name="accepted on")),
                ("remarks", models.TextField(blank=True, verbose_name="remarks")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.joiningdocument",
                    ),
                ),
                (
                    "participation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptance",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "acceptance record",
                "verbose_name_plural": "acceptance records",
            },
        ),
        migrations.CreateModel(
            name="ParticipationChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(default="state", max_length=30, verbose_name="what")),
                ("old", models.CharField(blank=True, max_length=300, verbose_name="before")),
                ("new", models.CharField(blank=True, max_length=300, verbose_name="after")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("happened_at", models.DateTimeField(verbose_name="time")),
                (
                    "acting_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a participation",
                "verbose_name_plural": "changes of participations",
                "ordering": ("happened_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", "state"), _negated=True),
                            models.Q(
                                (
                                    "new__in",
                                    [
                                        "interest",
                                        "agreement-signed",
                                        "onboarding",
                                        "production",
                                        "terminated",
                                    ],
                                ),
                                ("old", ""),
                            ),
                            models.Q(("new", "dialogue"), ("old", "interest")),
                            models.Q(("new", "decision-pending"), ("old", "dialogue")),
                            models.Q(("new", "decided"), ("old", "decision-pending")),
                            models.Q(("new", "agreement-sent"), ("old", "decided")),
                            models.Q(("new", "agreement-signed"), ("old", "agreement-sent")),
                            models.Q(("new", "onboarding"), ("old", "agreement-signed")),
                            models.Q(("new", "production"), ("old", "onboarding")),
                            models.Q(("new", "paused"), ("old", "dialogue")),
                            models.Q(("new", "paused"), ("old", "onboarding")),
                            models.Q(("new", "dialogue"), ("old", "paused")),
                            models.Q(("new", "onboarding"), ("old", "paused")),
                            models.Q(("new", "terminated"), ("old", "agreement-signed")),
                            models.Q(("new", "terminated"), ("old", "onboarding")),
                            models.Q(("new", "terminated"), ("old", "production")),
                            models.Q(("new", "terminated"), ("old", "paused")),
                            models.Q(("new", "agreement-signed"), ("old", "terminated")),
                            models.Q(("new", "onboarding"), ("old", "terminated")),
                            models.Q(("new", "production"), ("old", "terminated")),
                            models.Q(("new", "paused"), ("old", "terminated")),
                            models.Q(("new", "winding-up"), ("old", "terminated")),
                            models.Q(("new", "ended"), ("old", "winding-up")),
                            models.Q(("new", "withdrawn"), ("old", "interest")),
                            models.Q(("new", "withdrawn"), ("old", "dialogue")),
                            models.Q(("new", "withdrawn"), ("old", "decision-pending")),
                            models.Q(("new", "withdrawn"), ("old", "decided")),
                            models.Q(("new", "withdrawn"), ("old", "agreement-sent")),
                            models.Q(("new", "declined"), ("old", "interest")),
                            models.Q(("new", "declined"), ("old", "dialogue")),
                            models.Q(("new", "declined"), ("old", "decision-pending")),
                            models.Q(("new", "declined"), ("old", "decided")),
                            models.Q(("new", "declined"), ("old", "agreement-sent")),
                            _connector="OR",
                        ),
                        name="catalogue_participationchange_step",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipationMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="message")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                (
                    "acting_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "message on a participation",
                "verbose_name_plural": "messages on participations",
                "ordering": ("written_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted_on", models.DateField(verbose_name="reference date of the population")),
                ("inhabitants", models.PositiveIntegerField(verbose_name="inhabitants")),
                (
                    "source",
                    models.CharField(max_length=100, verbose_name="source of the population"),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="populations",
                        to="members.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "population on a date",
                "verbose_name_plural": "populations on dates",
                "ordering": ("-counted_on", "municipality"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("counted_on", "municipality"), name="catalogue_population_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "appointed_by",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="appointing body or delegate"
                    ),
                ),
                (
                    "appointed_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="date of the appointing decision"
                    ),
                ),
                (
                    "registry_number",
                    models.CharField(blank=True, max_length=60, verbose_name="registry number"),
                ),
                (
                    "ordinary",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ordinary member",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_choices",
                        to="catalogue.participation",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="substitute",
                    ),
                ),
            ],
            options={
                "verbose_name": "chosen seat",
                "verbose_name_plural": "chosen seats",
                "ordering": ("starts_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="catalogue_seatchoice_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("participation",),
                        name="catalogue_seatchoice_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ordinary__isnull", True),
                            ("substitute__isnull", True),
                            models.Q(("ordinary", models.F("substitute")), _negated=True),
                            _connector="OR",
                        ),
                        name="catalogue_seatchoice_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningAuthority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("ground", models.CharField(max_length=200, verbose_name="decision or delegation")),
                (
                    "registry_number",
                    models.CharField(blank=True, max_length=60, verbose_name="registry number"),
                ),
                (
                    "signatories",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="number who sign together"
                    ),
                ),
                (
                    "limit",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="highest amount (öre)"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid through")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        upload_to=catalogue.models.dossier.document_path,
                        verbose_name="document",
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_authorities",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "signing authority",
                "verbose_name_plural": "signing authorities",
                "ordering": ("-starts_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("signatories__range", (1, 9))),
                        name="catalogue_signingauthority_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("limit__isnull", True), ("limit__gte", 0), _connector="OR"
                        ),
                        name="catalogue_signingauthority_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="catalogue_signingauthority_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "signatory_text",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="signatory, as the certificate says",
                    ),
                ),
                ("ground", models.CharField(max_length=250, verbose_name="ground")),
                ("signed_at", models.DateTimeField(verbose_name="time")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum (SHA-256)")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("system", "In the system, with a second factor"),
                            ("uploaded", "Elsewhere, and uploaded"),
                        ],
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                ("evidence", models.JSONField(default=dict, verbose_name="evidence")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="catalogue.agreement",
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
                    "signatory",
                    models.ForeignKey(
                        help_text="Nobody for a signature given elsewhere.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.signingauthority",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ("signed_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("signatory__isnull", False)),
                        fields=("agreement", "signatory"),
                        name="catalogue_signature_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signatory__isnull", False),
                            models.Q(("signatory_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="catalogue_signature_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubProcessor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("task", models.CharField(max_length=200, verbose_name="task")),
                ("country", models.CharField(max_length=80, verbose_name="country of processing")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="through")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sub_processors",
                        to="catalogue.servicepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "sub-processor",
                "verbose_name_plural": "sub-processors",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="catalogue_subprocessor_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SubProcessorChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="what changes")),
                ("announced_on", models.DateField(verbose_name="announced on")),
                ("object_by", models.DateField(verbose_name="object no later than")),
                ("takes_effect_on", models.DateField(verbose_name="takes effect on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("carried", "Carried through"), ("dropped", "Dropped")],
                        max_length=8,
                        verbose_name="what became of it",
                    ),
                ),
                ("outcome_reason", models.TextField(blank=True, verbose_name="reason")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "announced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sub_processor_changes",
                        to="catalogue.servicepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of sub-processor",
                "verbose_name_plural": "changes of sub-processors",
                "ordering": ("-announced_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("object_by__gt", models.F("announced_on")),
                            ("takes_effect_on__gte", models.F("object_by")),
                        ),
                        name="catalogue_subprocessorchange_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("outcome", "")),
                            models.Q(
                                ("outcome__in", ["carried", "dropped"]),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_subprocessorchange_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubProcessorAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("accepts", "No objection"), ("objects", "Objects")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sub_processor_answers",
                        to="catalogue.participation",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="catalogue.subprocessorchange",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a changed sub-processor",
                "verbose_name_plural": "answers to changed sub-processors",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("change", "participation"), name="catalogue_subprocessoranswer_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "objects"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="catalogue_subprocessoranswer_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Termination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("received_on", models.DateField(verbose_name="notice received on")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "given_by",
                    models.CharField(
                        choices=[
                            ("municipality", "The municipality"),
                            ("office", "The office"),
                            ("either", "The municipality or the office"),
                        ],
                        default="municipality",
                        max_length=12,
                        verbose_name="given by",
                    ),
                ),
                ("municipality_withdraws_on", models.DateField(blank=True, null=True)),
                ("office_withdraws_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="withdrawn on"),
                ),
                (
                    "data_returned_on",
                    models.DateField(blank=True, null=True, verbose_name="data returned on"),
                ),
                (
                    "deletion_certified_on",
                    models.DateField(blank=True, null=True, verbose_name="deletion certified on"),
                ),
                (
                    "accounts_closed_on",
                    models.DateField(blank=True, null=True, verbose_name="accounts closed on"),
                ),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
                (
                    "settlement",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="final settlement (öre)"
                    ),
                ),
                (
                    "deletion_certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.joiningdocument",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        help_text="Missing only for a participation taken over.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.joiningdocument",
                        verbose_name="written notice",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terminations",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "termination",
                "verbose_name_plural": "terminations",
                "ordering": ("received_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("participation",),
                        name="catalogue_termination_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("received_on"))),
                        name="catalogue_termination_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            models.Q(
                                ("municipality_withdraws_on__isnull", False),
                                ("office_withdraws_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_termination_both_sides",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deletion_certified_on__isnull", True),
                            ("deletion_certificate__isnull", False),
                            _connector="OR",
                        ),
                        name="catalogue_termination_certificate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OnboardingStep",
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
                ("title", models.CharField(max_length=150, verbose_name="step")),
                ("text", models.TextField(blank=True, verbose_name="how")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("municipality", "The municipality"),
                            ("office", "The office"),
                            ("supplier", "The supplier"),
                        ],
                        max_length=12,
                        verbose_name="responsible",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("due_on", models.DateField(verbose_name="due")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sitedocument",
                        verbose_name="document",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="onboarding",
                        to="catalogue.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an introduction",
                "verbose_name_plural": "steps of introductions",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["municipality", "office", "supplier"])),
                        name="catalogue_onboardingstep_side",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OnboardingComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="comment")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="catalogue.onboardingstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on a step",
                "verbose_name_plural": "comments on steps",
                "ordering": ("written_at", "pk"),
            },
        ),
    ]
