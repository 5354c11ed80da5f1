"""Addresses of people, roles and the office."""

from django.urls import URLPattern, path

from members.views import acting_for, colleagues, invitations, log, office, personal_data

app_name = "members"


def colleague_urls(place: str, prefix: str = "") -> list[URLPattern]:
    """Return the addresses under an organisation; `prefix` tells their names apart."""
    desk = f"{place}/kollegor/"
    return [
        path(desk, colleagues.colleague_list, name=f"{prefix}colleague_list"),
        path(f"{desk}bjud-in/", colleagues.colleague_invite, name=f"{prefix}colleague_invite"),
        path(f"{desk}<int:pk>/", colleagues.colleague_roles, name=f"{prefix}colleague_roles"),
        path(f"{desk}<int:pk>/avsluta/", colleagues.colleague_end, name=f"{prefix}colleague_end"),
        path(
            f"{desk}inbjudningar/<int:pk>/ny-lank/",
            colleagues.invitation_renew,
            name=f"{prefix}invitation_renew",
        ),
        path(
            f"{desk}inbjudningar/<int:pk>/aterkalla/",
            colleagues.invitation_revoke,
            name=f"{prefix}invitation_revoke",
        ),
    ]


urlpatterns = [
    path("inbjudan/<str:token>/", invitations.invitation, name="invitation"),
    *colleague_urls("kommuner/<str:code>"),
    *colleague_urls("organisationer/<int:organisation>", "organisation_"),
    path("min-sida/agera-for/", acting_for.act_for, name="act_for"),
    path("min-sida/mina-uppgifter/", personal_data.my_data, name="my_data"),
    path("personuppgifter/register/", personal_data.register, name="processing_register"),
    path("kansli/", office.office, name="office"),
    path("kansli/organisationer/", office.organisation_list, name="organisation_list"),
    path("kansli/personer/", office.person_list, name="person_list"),
    path("kansli/personer/<int:pk>/", office.person_detail, name="person_detail"),
    path("kansli/personer/<int:pk>/uppgifter/", office.person_export, name="person_export"),
    path(
        "kansli/personer/<int:pk>/avidentifiera/", office.person_anonymise, name="person_anonymise"
    ),
    path("kansli/logg/", log.log_list, name="log_list"),
    path("kansli/logg/logg.csv", log.log_csv, name="log_csv"),
    path("kansli/logg/logg.json", log.log_json, name="log_json"),
]
