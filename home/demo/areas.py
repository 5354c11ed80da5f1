"""The demo association's own areas."""

from catalogue.models import Area
from home.demo import content


def load_areas() -> dict[str, Area]:
    """Return every area of the demo by its slug, made when it is missing."""
    known = {area.slug: area for area in Area.objects.all()}
    for position, main in enumerate(content.read("areas")["main"]):
        parent = known.get(main["slug"]) or _add(main, None, position)
        known[parent.slug] = parent
        for place, area in enumerate(main["areas"]):
            if area["slug"] not in known:
                known[area["slug"]] = _add(area, parent, place)
    return known


def _add(spec: dict[str, str], parent: Area | None, position: int) -> Area:
    area = Area(name=spec["name"], slug=spec["slug"], parent=parent, position=position)
    area.full_clean()
    area.save()
    return area
