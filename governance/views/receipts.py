"""The page where the recipient of an extract confirms that it has come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions.minutes.extracts import confirm_receipt
from governance.models import ExtractDelivery


def delivery_to(request: HttpRequest, pk: int) -> ExtractDelivery:
    """Return an extract that was sent to the person, or answer 404."""
    rows = ExtractDelivery.objects.addressed_to(request.user).select_related(
        "extract__item__meeting__council", "extract__certified_by", "recipient"
    )
    found: ExtractDelivery = get_object_or_404(rows, pk=pk)
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was sent; confirm it."""
    delivery = delivery_to(request, pk)
    if request.method == "POST":
        confirm_receipt(by=request.user, delivery=delivery)
        messages.success(request, _("Thank you. The secretary sees that it has come."))
        return redirect(request.path)
    item = delivery.extract.item
    context = {
        "delivery": delivery,
        "extract": delivery.extract,
        "item": item,
        "rectified_since": item.rectifications.filter(
            recorded_at__gt=delivery.extract.certified_at
        ).exists(),
        "council": item.meeting.council,
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Decisions"), "url": "/beslut/"},
            {"label": _("Extract from the minutes"), "url": request.path},
        ],
    }
    return render(request, "governance/receipt.html", context)


@login_required
@require_safe
def receipt_file(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with the extract exactly as it was sent."""
    extract = delivery_to(request, pk).extract
    item = extract.item
    name = f"protokollsutdrag-{item.paragraph}-{item.paragraph_year}.pdf"
    return FileResponse(extract.file.open("rb"), filename=name, content_type="application/pdf")
