"""Cost lists and issued rows that leave the system: CSV, XLSX, and the basis of invoices."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalogue.actions.costs import FIRST_YEAR, LAST_YEAR
from catalogue.cost_lists import list_of
from catalogue.invoice_basis import HEADER, invoice_rows
from catalogue.models import CostModel, CostRow
from catalogue.record_states import CostRowKind
from catalogue.views_joining.costs import model_of
from catalogue.year_costs import YearCosts
from core.tabular import csv_lines, xlsx_file
from members.views.guards import permission_required

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Table = tuple[list[str], Iterator[list[Any]]]
PIECE = 64 * 1024
# The place of the kind in a row of issued rows.
KIND = 4


def _streamed(name: str, pieces: Iterable[bytes], content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def xlsx_response(name: str, sheets: dict[str, Any]) -> StreamingHttpResponse:
    """Answer with a workbook, written to disk when it is read and sent piece by piece."""
    return _streamed(name, _workbook(sheets, get_language()), XLSX)


def _workbook(sheets: dict[str, Any], language: str | None) -> Iterator[bytes]:
    # The rows are drawn while the answer is sent, when the request's language is no longer set.
    with override(language), xlsx_file(sheets) as file:
        while piece := file.read(PIECE):
            yield piece


def csv_response(name: str, header: Any, rows: Any) -> StreamingHttpResponse:
    """Answer with a CSV file, sent line by line."""
    return _streamed(name, _lines(header, rows, get_language()), "text/csv; charset=utf-8")


def _lines(header: Any, rows: Any, language: str | None) -> Iterator[bytes]:
    with override(language):
        for line in csv_lines(header, rows):
            yield line.encode()


def _answer(form: str, name: str, table: Callable[[], Table], issued: Any) -> StreamingHttpResponse:
    """Answer in the form that the address asks for; Http404 for any other."""
    if form == "faktura.csv":
        return csv_response(f"{name}-faktura.csv", HEADER, invoice_rows(issued))
    if form == "lista.csv":
        return csv_response(f"{name}.csv", *table())
    if form == "lista.xlsx":
        sheets = {_("Cost list"): table(), _("Issued rows"): issued_table(issued)}
        return xlsx_response(f"{name}.xlsx", sheets)
    raise Http404


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def model_export(request: HttpRequest, pk: int, form: str) -> StreamingHttpResponse:
    """Answer with the cost list of a model as CSV or XLSX, or its issued rows as invoice basis."""
    model = model_of(pk)
    name = f"kostnad-{model.service.slug}-{model.year}"
    issued = CostRow.objects.visible_to(request.user).filter(model=model)
    return _answer(form, name, lambda: _model_table(model), issued)


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def year_export(request: HttpRequest, year: int, form: str) -> StreamingHttpResponse:
    """Answer with a year's costs over all services as CSV or XLSX, or as invoice basis."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    issued = CostRow.objects.visible_to(request.user).filter(year=year)
    return _answer(form, f"kostnader-{year}", lambda: _year_table(year), issued)


def _model_table(model: CostModel) -> Table:
    header = [
        _("Municipality code"),
        _("Municipality"),
        _("Inhabitants"),
        _("First day in the year"),
        _("Amount without VAT (öre)"),
        _("VAT category"),
        _("VAT rate (hundredths of a percent)"),
        _("VAT (öre)"),
        _("Amount with VAT (öre)"),
    ]
    return header, (
        [
            line.payer.member.code,
            line.payer.name,
            line.payer.member.population,
            line.payer.joined_on,
            line.amount,
            model.vat_category,
            model.vat_rate,
            line.vat,
            line.total,
        ]
        for line in list_of(model).everyone
    )


def _year_table(year: int) -> Table:
    header = [
        _("Service"),
        _("Municipality"),
        _("Amount without VAT (öre)"),
        _("VAT (öre)"),
        _("Amount with VAT (öre)"),
        _("Issued"),
    ]
    return header, (
        [
            cost.service,
            cost.organisation,
            cost.amount,
            cost.vat,
            cost.total,
            _("Yes") if cost.issued else _("No"),
        ]
        for cost in YearCosts(year)
    )


def issued_table(rows: Any) -> Table:
    """Return issued rows (a queryset) as a table, taken from the database piece by piece."""
    header = [
        _("Row"),
        _("Service"),
        _("Municipality"),
        _("Year"),
        _("Kind"),
        _("Amount without VAT (öre)"),
        _("VAT category"),
        _("VAT rate (hundredths of a percent)"),
        _("VAT (öre)"),
        _("Reason"),
        _("Corrects or credits row"),
        _("Issued"),
    ]
    columns = (  # the kind's code stands where its name will
        *("pk", "model__service__title", "organisation__name", "year", "kind", "amount"),
        *("vat_category", "vat_rate", "vat", "reason", "origin", "issued_at"),
    )
    kinds = {kind.value: str(kind.label) for kind in CostRowKind}
    loaded = rows.order_by("pk").values_list(*columns)
    return header, (
        [*row[:KIND], kinds[row[KIND]], *row[KIND + 1 :]]
        for row in loaded.iterator(chunk_size=2000)
    )
