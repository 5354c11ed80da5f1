"""The texts that the site's fixed pages begin with; afterwards they are the editors' own."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings

from home import prose


@dataclass(frozen=True)
class SiteTexts:
    """What `data/site/` says: names, and the fields of each fixed page by its slug."""

    association: str
    logo_text: str
    tagline: str
    pages: dict[str, dict[str, Any]]
    standard_slugs: tuple[str, ...]

    def standard_page(self, slug: str, names: dict[str, str], more: str = "") -> dict[str, Any]:
        """Return the fields of a standard page, `more` after its text, with `names` filled in."""
        page = self.pages[slug]
        return {
            "title": page["title"],
            "introduction": fill(page["introduction"], names),
            "body": prose.blocks(fill(f"{page['body']}\n{more}", names)),
        }


def fill(text: str, names: dict[str, str]) -> str:
    """Return the text with its `$names` filled in; an unknown name is a KeyError."""
    return Template(text).substitute(names)


def read_site_texts(folder: Path | None = None) -> SiteTexts:
    """Read the texts from the project's data folder."""
    base = folder or settings.BASE_DIR / "data" / "site"
    site = tomllib.loads((base / "site.toml").read_text(encoding="utf-8"))
    slugs = tuple(site["standard_pages"])
    pages = {name: site[name] for name in ("home", "catalogue", "municipalities", "news")}
    for slug in slugs:
        pages[slug] = tomllib.loads((base / f"{slug}.toml").read_text(encoding="utf-8"))
    return SiteTexts(
        association=site["association"],
        logo_text=site["logo_text"],
        tagline=site["tagline"],
        pages=pages,
        standard_slugs=slugs,
    )
