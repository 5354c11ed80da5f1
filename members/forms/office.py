"""Forms of the office: finding people and reading the audit trail."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import audit_events
from core.models import AuditEntry
from core.querysets import AuditEntryQuerySet
from members.models import Organisation, User


class PersonFilter(forms.Form):
    """Words of a name or an address."""

    marks_optional = False
    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)


def people_named(words: str) -> Q:
    """Return the condition that every word is part of the person's name or address."""
    condition = Q()
    for word in words.split():
        condition &= (
            Q(name__given_name__icontains=word)
            | Q(name__family_name__icontains=word)
            | Q(email__icontains=word)
        )
    return condition


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class LogFilter(forms.Form):
    """Which entries of the audit trail to show."""

    marks_optional = False
    event = forms.ChoiceField(label=_("Event"), required=False)
    person = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False
    )
    first = _day(_("From"))
    last = _day(_("To"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [("", _("All events")), *audit_events.choices()]
        used = AuditEntry.objects.exclude(acting_for_id=None).values("acting_for_id")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=used)
        self.fields["organisation"].empty_label = _("All organisations")

    def applied_to(self, rows: AuditEntryQuerySet) -> AuditEntryQuerySet:
        """Return the rows that fit every valid field; a faulty one is left out and shown."""
        data = getattr(self, "cleaned_data", {})
        if data.get("event"):
            rows = rows.filter(event=data["event"])
        if data.get("person"):
            people = User.objects.filter(people_named(data["person"]))
            rows = rows.about(list(people.values_list("pk", flat=True)[:500]))
        if data.get("organisation"):
            rows = rows.filter(acting_for_id=data["organisation"].pk)
        return rows.between(data.get("first"), data.get("last"))
