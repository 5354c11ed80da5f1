"""Everything that is told of a service in rows of its own, read in one query.

The service page shows ten kinds of rows. One query for each would cost more than the rest of the
page, so that they are read as one union of equal columns. A preview shows rows that are not saved
yet: there the same columns are read from the objects. One table says for both where a column's
value comes from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from catalogue.models.area import Area
from catalogue.models.facts import (
    FactSource,
    ServiceContract,
    ServiceDocument,
    ServiceDonor,
    ServiceFeature,
    ServiceRelation,
    ServiceRoadmapItem,
)
from catalogue.models.pages import ServicePage
from catalogue.models.participation import Participation
from catalogue.models.use import StatedUse
from core.models import SiteDocument


@dataclass(frozen=True)
class ServiceRow:
    """One row of a service: what it is a row of, and what it tells.

    `kind` names the branch below; which of the columns are filled follows from it.
    """

    kind: str = ""
    position: int = 0
    code: str = ""
    text: str = ""
    more: str = ""
    url: str = ""
    first_on: date | None = None
    last_on: date | None = None
    example: bool = False
    number: int | None = None
    size: int | None = None


Path = str | tuple[str, ...]
_TYPES: dict[str, Any] = {
    "kind": CharField(),
    "position": IntegerField(),
    "code": TextField(),
    "text": TextField(),
    "more": TextField(),
    "url": TextField(),
    "first_on": DateField(),
    "last_on": DateField(),
    "example": BooleanField(),
    "number": IntegerField(),
    "size": IntegerField(),
}
_EMPTY: dict[str, Any] = {field.name: field.default for field in fields(ServiceRow)}


@dataclass(frozen=True)
class Branch:
    """A kind of rows: where they are, and which path gives which column.

    A path goes over relations with `__`; of several paths the first that holds text counts.
    """

    kind: str
    saved: Callable[[ServicePage, Any], QuerySet[Any]]
    unsaved: Callable[[ServicePage, Any], Iterable[Any]]
    columns: Mapping[str, Path]


def _own(name: str, model: Any) -> dict[str, Any]:
    """Return the two readers of a service's own rows."""
    return {
        "saved": lambda service, _user: model.objects.filter(service=service),
        "unsaved": lambda service, _user: getattr(service, name).all(),
    }


def _documents(service: ServicePage, user: Any) -> QuerySet[Any]:
    seen = SiteDocument.objects.visible_to(user).order_by().values("pk")
    return ServiceDocument.objects.filter(service=service, document__in=seen)


def _unsaved_documents(service: ServicePage, user: Any) -> list[Any]:
    rows = list(service.documents.all())
    seen = set(
        SiteDocument.objects.visible_to(user)
        .filter(pk__in=[row.document_id for row in rows])
        .values_list("pk", flat=True)
    )
    return [row for row in rows if row.document_id in seen]


def _seen_services(user: Any) -> QuerySet[Any]:
    return ServicePage.objects.visible_to(user).order_by().values("pk")


def _relations(service: ServicePage, user: Any) -> QuerySet[Any]:
    shown = Q(other__isnull=True) | Q(other__in=_seen_services(user))
    return ServiceRelation.objects.filter(shown, service=service)


def _unsaved_relations(service: ServicePage, user: Any) -> list[Any]:
    rows = list(service.relations.all())
    ids = [row.other_id for row in rows if row.other_id]
    seen = set(_seen_services(user).filter(pk__in=ids).values_list("pk", flat=True))
    return [row for row in rows if not row.other_id or row.other_id in seen]


def _inverse_relations(service: ServicePage, user: Any) -> QuerySet[Any]:
    return ServiceRelation.objects.filter(other=service, service__in=_seen_services(user))


def _joined(service: ServicePage, _user: Any) -> QuerySet[Any]:
    return Participation.objects.public().filter(service=service.pk)


BRANCHES = (
    Branch("feature", **_own("features", ServiceFeature), columns={"text": "text"}),
    Branch(
        "donor",
        **_own("donors", ServiceDonor),
        columns={
            "text": ("organisation__name", "name"),
            "more": "citation",
            "first_on": "given_on",
        },
    ),
    Branch(
        "contract",
        **_own("contracts", ServiceContract),
        columns={
            "code": "kind",
            "text": "supplier__name",
            "first_on": "starts_on",
            "last_on": "ends_on",
            "example": "is_example",
        },
    ),
    Branch(
        "roadmap",
        **_own("roadmap", ServiceRoadmapItem),
        columns={
            "code": "status",
            "text": "title",
            "more": "version",
            "first_on": "due_on",
            "example": "is_example",
        },
    ),
    Branch(
        "source",
        **_own("sources", FactSource),
        columns={"code": "field", "text": "citation", "url": "url", "first_on": "read_on"},
    ),
    Branch(
        "use",
        **_own("stated_uses", StatedUse),
        columns={
            "text": "organisation__name",
            "more": "citation",
            "url": "url",
            "first_on": "starts_on",
            "last_on": "ends_on",
            "example": "is_example",
            "number": "organisation_id",
        },
    ),
    Branch(
        "joined",
        saved=_joined,
        unsaved=_joined,
        columns={
            "position": "pk",
            "code": "state",
            "text": "organisation__name",
            "first_on": "starts_on",
            "last_on": "ends_on",
            "example": "is_example",
            "number": "organisation_id",
        },
    ),
    Branch(
        "relation",
        saved=_relations,
        unsaved=_unsaved_relations,
        columns={
            "code": "kind",
            "text": ("other__title", "system"),
            "more": "note",
            "url": "other__slug",
        },
    ),
    Branch(
        "inverse",
        saved=_inverse_relations,
        unsaved=_inverse_relations,
        columns={"code": "kind", "text": "service__title", "more": "note", "url": "service__slug"},
    ),
    Branch(
        "document",
        saved=_documents,
        unsaved=_unsaved_documents,
        columns={
            "code": "document__document_type",
            "text": "document__title",
            "more": "document__file",
            "first_on": "document__dated_on",
            "example": "document__is_example",
            "number": "document_id",
            "size": "document__file_size",
        },
    ),
    Branch(
        "area",
        saved=lambda service, _user: Area.objects.filter(services=service),
        unsaved=lambda service, _user: service.areas.all(),
        columns={"code": "slug", "text": "name", "more": "parent__name", "position": "position"},
    ),
)


def rows_of(service: ServicePage, *, user: Any, saved: bool = True) -> dict[str, list[ServiceRow]]:
    """Return the rows of a service that `user` may see, by kind, in the editor's order.

    With `saved` false the rows of an edited, not yet saved page are read (preview).
    """
    found = _saved_rows(service, user) if saved else _unsaved_rows(service, user)
    by_kind: dict[str, list[ServiceRow]] = defaultdict(list)
    for row in sorted(found, key=lambda row: (row.position, row.text)):
        by_kind[row.kind].append(row)
    return by_kind


def _saved_rows(service: ServicePage, user: Any) -> list[ServiceRow]:
    first, *rest = (_select(branch, service, user) for branch in BRANCHES)
    return [_row(values) for values in first.union(*rest, all=True)]


def _row(values: tuple[Any, ...]) -> ServiceRow:
    given = zip(_TYPES, values, strict=True)
    filled: dict[str, Any] = {
        name: _EMPTY[name] if value is None else value for name, value in given
    }
    return ServiceRow(**filled)


def _select(branch: Branch, service: ServicePage, user: Any) -> QuerySet[Any]:
    """Return a branch as rows of the common columns, every column of its type on each database."""
    names = {name: f"row_{name}" for name in _TYPES}
    expressions = {
        names[name]: Cast(_expression(branch, name), output_field=kind)
        for name, kind in _TYPES.items()
    }
    rows = branch.saved(service, user).order_by()
    return rows.annotate(**expressions).values_list(*names.values())


def _expression(branch: Branch, name: str) -> Any:
    if name == "kind":
        return Value(branch.kind)
    path = branch.columns.get(name, "sort_order" if name == "position" else "")
    if not path:
        return Value(_EMPTY[name])
    if isinstance(path, str):
        return F(path)
    *some, last = path
    return Coalesce(*(NullIf(F(one), Value("")) for one in some), F(last))


def _unsaved_rows(service: ServicePage, user: Any) -> list[ServiceRow]:
    return [
        _row_of_object(branch, obj, place)
        for branch in BRANCHES
        for place, obj in enumerate(branch.unsaved(service, user))
    ]


def _row_of_object(branch: Branch, obj: Any, place: int) -> ServiceRow:
    values = {name: _read(obj, path) for name, path in branch.columns.items()}
    filled: dict[str, Any] = {"kind": branch.kind, "position": place}
    filled |= {name: value for name, value in values.items() if value is not None}
    return ServiceRow(**filled)


def _read(obj: Any, path: Path) -> Any:
    """Follow a path of attributes; of several paths the first that holds text counts."""
    if not isinstance(path, str):
        return next((value for one in path if (value := _read(obj, one))), "")
    for name in path.split("__"):
        if obj is None:
            return None
        obj = getattr(obj, name)
    return str(obj) if hasattr(obj, "storage") else obj
