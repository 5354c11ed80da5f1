"""Introductions (införanden): the checklist of a service and a participation's copy of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from catalogue.querysets_joining import OnboardingStepQuerySet, TemplateStepQuerySet
from catalogue.record_states import StepSide
from core.models import TimeStamped


class OnboardingTemplateStep(TimeStamped):
    """One step of a service's checklist (or of everyone's), edited in the CMS."""

    service = models.ForeignKey(
        "catalogue.ServicePage",
        verbose_name=_("service; empty for all services"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="onboarding_template",
    )
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    title = models.CharField(_("step"), max_length=150)
    text = models.TextField(_("how"), blank=True)
    side = models.CharField(_("responsible"), max_length=12, choices=StepSide.choices)
    offset_days = models.PositiveSmallIntegerField(_("days after the start"), default=14)
    url = models.URLField(_("link"), blank=True, max_length=500)
    document = models.ForeignKey(
        "core.SiteDocument",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_example = models.BooleanField(_("example"), default=False)

    objects = TemplateStepQuerySet.as_manager()

    panels = [
        FieldPanel("service"),
        FieldPanel("position"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("side"),
        FieldPanel("offset_days"),
        FieldPanel("url"),
        FieldPanel("document"),
        FieldPanel("is_example"),
    ]

    class Meta:
        verbose_name = _("step of the introduction (template)")
        verbose_name_plural = _("steps of the introduction (templates)")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class OnboardingStep(TimeStamped):
    """One step of one participation's introduction, copied from the template."""

    participation = models.ForeignKey(
        "catalogue.Participation", on_delete=models.PROTECT, related_name="onboarding"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("step"), max_length=150)
    text = models.TextField(_("how"), blank=True)
    side = models.CharField(_("responsible"), max_length=12, choices=StepSide.choices)
    url = models.URLField(_("link"), blank=True, max_length=500)
    document = models.ForeignKey(
        "core.SiteDocument",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("due"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    done_on = models.DateField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OnboardingStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an introduction")
        verbose_name_plural = _("steps of introductions")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=StepSide.values), name="catalogue_onboardingstep_side"
            )
        ]

    def __str__(self) -> str:
        return self.title


class OnboardingComment(models.Model):
    """A comment on a step of an introduction."""

    step = models.ForeignKey(OnboardingStep, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("comment on a step")
        verbose_name_plural = _("comments on steps")
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return f"{self.step_id}: {self.written_at:%Y-%m-%d}"
