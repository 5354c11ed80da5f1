"""Meetings as calendar entries (RFC 5545): invitation, update, cancellation."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText


@dataclass(frozen=True)
class Entry:
    """What a calendar is told of one meeting; times are aware, `sequence` grows with changes."""

    uid: str
    sequence: int
    summary: str
    starts_at: datetime
    ends_at: datetime
    stamp: datetime
    location: str = ""
    url: str = ""
    cancelled: bool = False


def invitation(entry: Entry, *, organiser: str, attendee: str) -> bytes:
    """Return the calendar file that goes with a summons, or with its cancellation."""
    calendar = _calendar("CANCEL" if entry.cancelled else "REQUEST")
    event = _event(entry)
    event["organizer"] = vCalAddress(f"mailto:{organiser}")
    guest = vCalAddress(f"mailto:{attendee}")
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    guest.params["RSVP"] = vText("FALSE")
    event.add("attendee", guest, encode=0)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def publication(entries: list[Entry]) -> bytes:
    """Return a calendar to subscribe to."""
    calendar = _calendar("PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Samagt//governance//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.location:
        event.add("location", entry.location)
    if entry.url:
        event.add("url", entry.url)
    return event
