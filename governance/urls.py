"""Addresses of bodies, cases, meetings and rooms."""

from django.urls import path

from governance.views import (
    cases,
    desk,
    files,
    meetings,
    poll_record,
    polls,
    public,
    room,
)

app_name = "governance"

BODY = "forvaltningsrad/<slug:slug>/"
MEETING = BODY + "moten/<int:pk>/"

urlpatterns = [
    path("min-sida/voteringar/", poll_record.my_polls, name="my_polls"),
    path(
        "kommuner/<str:code>/voteringar/",
        poll_record.municipality_record,
        name="municipality_record",
    ),
    path("forvaltningsrad/", public.council_list, name="council_list"),
    path("forvaltningsrad/ny/", desk.council_create, name="council_create"),
    path(BODY, public.council_detail, name="council_detail"),
    path(BODY + "kalender.ics", public.calendar, name="council_calendar"),
    path(
        BODY + "beslut/<int:year>/<int:paragraph>/", public.decision_detail, name="decision_detail"
    ),
    path(BODY + "kansli/", desk.desk, name="desk"),
    path(BODY + "kansli/plats/", desk.seat_add, name="seat_add"),
    path(BODY + "kansli/plats/<int:pk>/avsluta/", desk.seat_end, name="seat_end"),
    path(BODY + "kansli/plats/<int:pk>/uppdrag/", desk.mandate_add, name="mandate_add"),
    path(BODY + "kansli/uppdrag/<int:pk>/avsluta/", desk.mandate_end, name="mandate_end"),
    path(BODY + "kansli/funktion/", desk.office_add, name="office_add"),
    path(BODY + "kansli/funktion/<int:pk>/avsluta/", desk.office_end, name="office_end"),
    path(BODY + "kansli/arbetsordning/", desk.rules_adopt, name="rules_adopt"),
    path(BODY + "kansli/nummer/", desk.first_numbers, name="first_numbers"),
    path(BODY + "kansli/upplos/", desk.council_dissolve, name="council_dissolve"),
    path(BODY + "arenden/", cases.case_list, name="case_list"),
    path(BODY + "arenden/nytt/", cases.case_create, name="case_create"),
    path(BODY + "arenden/<int:pk>/", cases.case_detail, name="case_detail"),
    path(BODY + "arenden/<int:pk>/steg/<slug:event>/", cases.case_step, name="case_step"),
    path(BODY + "dokument/<int:pk>/", cases.document, name="document"),
    path(BODY + "per-capsulam/", polls.per_capsulam_list, name="per_capsulam"),
    path(BODY + "votering/<int:pk>/", polls.poll_detail, name="poll_detail"),
    path(BODY + "votering/<int:pk>/roster.json", polls.poll_export, name="poll_export"),
    path(BODY + "votering/<int:pk>/rost/", polls.poll_vote, name="poll_vote"),
    path(BODY + "votering/<int:pk>/stang/", polls.poll_close, name="poll_close"),
    path(BODY + "moten/nytt/", meetings.meeting_create, name="meeting_create"),
    path(MEETING, meetings.meeting_detail, name="meeting_detail"),
    path(MEETING + "andra/", meetings.meeting_edit, name="meeting_edit"),
    path(MEETING + "stall-in/", meetings.meeting_cancel, name="meeting_cancel"),
    path(MEETING + "svar/", meetings.meeting_answer, name="meeting_answer"),
    path(MEETING + "dagordning/", meetings.agenda, name="agenda"),
    path(MEETING + "dagordning/<int:item_pk>/", meetings.item_edit, name="item_edit"),
    path(MEETING + "anteckning/<int:item_pk>/", meetings.item_note, name="item_note"),
    path(MEETING + "kallelse/", meetings.summons, name="summons"),
    path(MEETING + "kallelse/<int:number>.pdf", files.summons_file, name="summons_file"),
    path(MEETING + "handlingar.pdf", files.meeting_file, name="meeting_file"),
    path(MEETING + "handlingar.zip", files.meeting_archive, name="meeting_archive"),
    path(MEETING + "rum/", room.room, name="room"),
    path(MEETING + "rum/lage/", room.room_state, name="room_state"),
    path(MEETING + "rum/rattelse/<int:number>/", room.correction, name="correction"),
    path(MEETING + "rum/projektor/", polls.projector, name="projector"),
    path(MEETING + "rum/projektor/lage/", polls.projector_state, name="projector_state"),
    path(MEETING + "rum/<slug:name>/", room.room_command, name="room_command"),
]
