"""Addresses of bodies, cases, meetings and rooms."""

from django.urls import path

from governance.views import (
    body_rules,
    cases,
    desk,
    files,
    meetings,
    own,
    planning,
    projector,
    public,
    room,
    shelf,
)

app_name = "governance"

BODY = "forvaltningsrad/<slug:slug>/"
MEETING = BODY + "moten/<int:pk>/"

urlpatterns = [
    path("forvaltningsrad/", public.council_list, name="council_list"),
    path("forvaltningsrad/ny/", desk.council_create, name="council_create"),
    path("forvaltningsrad/mina-anteckningar.txt", own.notes_export, name="notes_export"),
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
    path(BODY + "kansli/upplos/", body_rules.council_dissolve, name="council_dissolve"),
    path(BODY + "kansli/andra/", body_rules.council_change, name="council_change"),
    path(BODY + "kansli/viktning/", body_rules.weights_adopt, name="weights_adopt"),
    path(BODY + "kansli/ar/", planning.series, name="series"),
    path(BODY + "kansli/tid/", planning.time_poll_create, name="time_poll_create"),
    path(BODY + "kansli/begaran/<int:pk>/", planning.demand_answer, name="demand_answer"),
    path(BODY + "kansli/mall/<int:pk>/ta-bort/", planning.template_remove, name="template_remove"),
    path(BODY + "kansli/dokument/", shelf.shelf_add, name="shelf_add"),
    path(
        BODY + "kansli/dokument/<int:pk>/version/",
        shelf.shelf_version_add,
        name="shelf_version_add",
    ),
    path(
        BODY + "kansli/handling/<int:pk>/version/",
        shelf.case_version_add,
        name="case_version_add",
    ),
    path(
        BODY + "kansli/tidigare-protokoll/", shelf.earlier_minutes_add, name="earlier_minutes_add"
    ),
    path(BODY + "regler/", body_rules.body_rules, name="body_rules"),
    path(BODY + "tid/<int:pk>/", planning.time_poll, name="time_poll"),
    path(
        BODY + "tid/<int:pk>/planera/<int:option_pk>/",
        planning.time_poll_plan,
        name="time_poll_plan",
    ),
    path(BODY + "begaran/", planning.demand_create, name="demand_create"),
    path(BODY + "begaran/<int:pk>/", planning.demand_support, name="demand_support"),
    path(BODY + "remiss/<int:pk>/", own.consultation_answer, name="consultation_answer"),
    path(BODY + "dokument/", shelf.shelf_list, name="shelf"),
    path(BODY + "hylla/<int:pk>/", shelf.shelf_file, name="shelf_file"),
    path(BODY + "tidigare-protokoll/<int:pk>/", shelf.earlier_minutes_file, name="earlier_minutes"),
    path(BODY + "arenden/", cases.case_list, name="case_list"),
    path(BODY + "arenden/nytt/", cases.case_create, name="case_create"),
    path(BODY + "arenden/<int:pk>/", cases.case_detail, name="case_detail"),
    path(BODY + "arenden/<int:pk>/steg/<slug:event>/", cases.case_step, name="case_step"),
    path(BODY + "dokument/<int:pk>/", cases.document, name="document"),
    path(BODY + "moten/nytt/", meetings.meeting_create, name="meeting_create"),
    path(MEETING, meetings.meeting_detail, name="meeting_detail"),
    path(MEETING + "andra/", meetings.meeting_edit, name="meeting_edit"),
    path(MEETING + "stall-in/", meetings.meeting_cancel, name="meeting_cancel"),
    path(MEETING + "svar/", meetings.meeting_answer, name="meeting_answer"),
    path(MEETING + "dagordning/", meetings.agenda, name="agenda"),
    path(MEETING + "dagordning/<int:item_pk>/", meetings.item_edit, name="item_edit"),
    path(MEETING + "anteckning/<int:item_pk>/", meetings.item_note, name="item_note"),
    path(MEETING + "dagordning/mall/", planning.template_save, name="template_save"),
    path(MEETING + "jav/<int:item_pk>/", own.own_recusal, name="own_recusal"),
    path(MEETING + "fullmakt/", own.proxy_add, name="proxy_add"),
    path(MEETING + "kallelse/", meetings.summons, name="summons"),
    path(MEETING + "kallelse/<int:number>.pdf", files.summons_file, name="summons_file"),
    path(MEETING + "handlingar.pdf", files.meeting_file, name="meeting_file"),
    path(MEETING + "handlingar.zip", files.meeting_archive, name="meeting_archive"),
    path(MEETING + "rum/", room.room, name="room"),
    path(MEETING + "rum/projektor/", projector.projector, name="projector"),
    path(MEETING + "rum/lage/", room.room_state, name="room_state"),
    path(MEETING + "rum/rattelse/<int:number>/", room.correction, name="correction"),
    path(MEETING + "rum/<slug:name>/", room.room_command, name="room_command"),
]
