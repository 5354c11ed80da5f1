"""Own image and document models: an audience, a source and a mark for what is made up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.audiences import Audience
from core.querysets import SiteDocumentQuerySet, SiteImageQuerySet


class DocumentType(models.TextChoices):
    """What a document is."""

    AGREEMENT = "agreement", _("Accession agreement")
    DPA = "dpa", _("Data processing agreement")
    SLA = "sla", _("Service level agreement")
    CLASSIFICATION = "classification", _("Information classification")
    PLAN = "plan", _("Management plan")
    GUIDE = "guide", _("Guide")
    REPORT = "report", _("Report")
    OTHER = "other", _("Other document")


class SiteImage(AbstractImage):
    """A picture with its alternative text, its source and who may see the original."""

    alt_text = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the picture tells someone who cannot see it. Empty: decoration."),
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    is_example = models.BooleanField(_("example"), default=False)
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience.choices, default=Audience.PUBLIC
    )

    objects = SiteImageQuerySet.as_manager()

    admin_form_fields = (*Image.admin_form_fields, "alt_text", "source", "is_example", "audience")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_siteimage", "Can choose image")]
        indexes = [models.Index(fields=["file"], name="core_siteimage_file")]

    @property
    def default_alt_text(self) -> str:
        """The text for assistive technology; empty for decoration, never the file's name."""
        return self.alt_text


class SiteRendition(AbstractRendition):
    """A picture in one size, made from a SiteImage."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="core_rendition_unique"
            )
        ]
        indexes = [models.Index(fields=["file"], name="core_siterendition_file")]


class SiteDocument(AbstractDocument):
    """A file with type, date and audience; it leaves the site only through our own view."""

    document_type = models.CharField(
        _("type"), max_length=20, choices=DocumentType.choices, default=DocumentType.OTHER
    )
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    is_example = models.BooleanField(_("example"), default=False)
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience.choices, default=Audience.PUBLIC
    )

    objects = SiteDocumentQuerySet.as_manager()

    admin_form_fields = (
        *Document.admin_form_fields,
        "document_type",
        "dated_on",
        "source",
        "is_example",
        "audience",
    )

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_sitedocument", "Can choose document")]

    def clean(self) -> None:
        """Check the extension; without a file the form has said what is wrong already."""
        if self.file:
            super().clean()
