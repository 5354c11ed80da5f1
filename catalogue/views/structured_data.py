"""What a service's page tells machines, in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from catalogue import licences
from catalogue.models import ServicePage


def structured_data(
    service: ServicePage, *, url: str, areas: list[str], users: Iterable[Any]
) -> dict[str, Any]:
    """Return a service as GovernmentService and SoftwareApplication; only what is told is there.

    `url` is the page's absolute address, `areas` the names of its areas and `users` the uses by
    municipalities.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["GovernmentService", "SoftwareApplication"],
        "@id": url,
        "url": url,
        "name": service.title,
        "description": service.short_description,
        "inLanguage": "sv",
        "applicationCategory": areas,
        "audience": _typed("Audience", audienceType=service.target_groups),
        "provider": _typed("Organization", name=service.owner_name),
        "areaServed": [
            {
                "@type": "AdministrativeArea",
                "name": use.place.name,
                "identifier": use.place.code,
            }
            for use in users
        ],
        "license": licences.spdx_url(service.licence) or service.licence,
        "sameAs": [address for address in (service.website, service.source_repository) if address],
        "softwareRequirements": service.technology,
        "dateModified": service.last_published_at.isoformat() if service.last_published_at else "",
    }
    return {name: value for name, value in data.items() if value}


def _typed(kind: str, **values: str) -> dict[str, str]:
    filled = {name: value for name, value in values.items() if value}
    return {"@type": kind} | filled if filled else {}
