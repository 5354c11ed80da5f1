"""StreamField blocks for prose; facts live in columns."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

PROSE_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A picture with a caption."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """A quotation and whose it is."""

    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=250)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class ProseBlock(blocks.StreamBlock):
    """Running text: headings, paragraphs, pictures and quotations."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Text"), features=PROSE_FEATURES, template="blocks/paragraph.html"
    )
    picture = PictureBlock()
    quote = QuoteBlock()
