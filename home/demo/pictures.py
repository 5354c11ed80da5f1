"""Pictures for the demo: patterns of tiles, the same bytes for the same seed."""

from io import BytesIO
from random import Random
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from core.models import SiteImage

COLUMNS, ROWS, TILE, GAP = 16, 9, 60, 4
# The product's own colours: paper, quiet tile, middle tile, accent, deep, and one signal.
PAPER = "#F4F7F6"
QUIET = ("#CFD9D6", "#CFD9D6", "#7FA9A1", "#11564B")
DEEP = "#0B3A33"
SIGNAL = "#F5C84B"
ALT_TEXT = "Mönster av rutor i grå och gröna toner, med en gul ruta."


def draw(key: str, seed: int) -> bytes:
    """Return a PNG of 960 × 540 pixels: a field of tiles with one group filled and one signal."""
    chance = Random(f"{seed}:{key}")  # noqa: S311 - a picture, not a secret
    picture = Image.new("RGB", (COLUMNS * TILE, ROWS * TILE), PAPER)
    pen = ImageDraw.Draw(picture)
    left, top = chance.randrange(2, COLUMNS - 6), chance.randrange(1, ROWS - 5)
    signal = (left + chance.randrange(5), top + chance.randrange(4))
    for x in range(COLUMNS):
        for y in range(ROWS):
            inside = left <= x < left + 5 and top <= y < top + 4
            colour = DEEP if inside and chance.random() < 0.7 else chance.choice(QUIET)  # noqa: PLR2004
            colour = SIGNAL if (x, y) == signal else colour
            corner = (x * TILE + GAP, y * TILE + GAP)
            far = ((x + 1) * TILE - GAP, (y + 1) * TILE - GAP)
            pen.rounded_rectangle((corner, far), radius=6, fill=colour)
    stream = BytesIO()
    picture.quantize(16).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def add_picture(*, key: str, title: str, seed: int, by: Any) -> SiteImage:
    """Return the demo's picture of this title, drawn and stored when it is missing."""
    known = SiteImage.objects.filter(title=title, is_example=True).first()
    if known:
        return known
    content = draw(key, seed)
    image = SiteImage(
        title=title,
        file=ImageFile(BytesIO(content), name=f"{key}.png"),
        file_size=len(content),
        alt_text=ALT_TEXT,
        source="Gjord för demonstrationen",
        is_example=True,
        uploaded_by_user=by,
    )
    image.full_clean()
    image.save()
    return image
