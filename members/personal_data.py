"""Everything that the site keeps about one person, as a file to take away (GDPR art. 15, 20)."""

import io
import json
import zipfile
from pathlib import PurePath
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from core.processing import Dataset, datasets
from members.models import User


def collect(user: User) -> dict[str, list[dict[str, Any]]]:
    """Return the rows about the person by model, as the register of processing declares them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for dataset in datasets():
        if dataset.about is not None:
            rows = found.setdefault(dataset.model, [])
            rows += list(_rows(dataset, user).values(*dataset.fields))
    return found


def _rows(dataset: Dataset, user: User) -> models.QuerySet[Any]:
    manager = apps.get_model(dataset.model)._base_manager  # noqa: SLF001 - Django's documented name
    return manager.filter(dataset.about(user)).order_by("pk")  # type: ignore[misc]


def archive(user: User) -> bytes:
    """Return a ZIP with `data.json`, a README and the files that the person has uploaded."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        data = {"exported_at": timezone.now(), "person": str(user), "data": collect(user)}
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        bundle.writestr("data.json", text)
        bundle.writestr("README.txt", _readme())
        for name, file in _files(user):
            with file.open("rb") as content:
                bundle.writestr(name, content.read())
    return buffer.getvalue()


def _readme() -> str:
    withheld = sorted({str(d.withheld) for d in datasets() if d.withheld})
    lines = [
        _("data.json holds what the site keeps about you, one list for each kind of data."),
        _("The folder files holds files that you have uploaded."),
        *withheld,
    ]
    return "\n".join(lines) + "\n"


def _files(user: User) -> list[tuple[str, Any]]:
    found = []
    for dataset in datasets():
        if dataset.files and dataset.about is not None:
            for row in _rows(dataset, user):
                files = [getattr(row, field) for field in dataset.files]
                found += [(_name(dataset, row, file), file) for file in files if _exists(file)]
    return found


def _exists(file: Any) -> bool:
    return bool(file) and file.storage.exists(file.name)


def _name(dataset: Dataset, row: Any, file: Any) -> str:
    return f"files/{dataset.model}/{row.pk}-{PurePath(file.name).name}"
