"""The catalogue's addresses that are not pages; the list and the services are Wagtail's."""

from django.urls import path

from catalogue.feeds import NewServicesFeed
from catalogue.views import compare_services
from catalogue.views_joining import (
    agreements,
    cooperation,
    cost_exports,
    cost_years,
    costs,
    fee_years,
    fees,
    join,
    office,
    portfolio,
    record,
    statistics,
    steps,
    takeovers,
)

app_name = "catalogue"
urlpatterns = [
    path("tjanster/jamfor/", compare_services, name="compare"),
    path("tjanster/flode.xml", NewServicesFeed(), name="feed"),
    path("tjanster/<str:slug>/anslut/", join.join, name="join"),
    path("anslutningar/", join.participations, name="participations"),
    path("anslutningar/avtalssamverkan/", cooperation.cooperation, name="cooperation"),
    path("anslutningar/avtalssamverkan.csv", cooperation.cooperation_csv, name="cooperation_csv"),
    path("anslutningar/<int:pk>/", record.record, name="participation"),
    path("anslutningar/<int:pk>/steg/<slug:new>/", record.step, name="participation_step"),
    path(
        "anslutningar/<int:pk>/dokument/<int:document>/",
        record.document,
        name="participation_document",
    ),
    path("anslutningar/<int:pk>/avtal/<int:agreement>/", agreements.agreement, name="agreement"),
    path(
        "anslutningar/<int:pk>/avtal/<int:agreement>/avtal.pdf",
        agreements.pdf,
        name="agreement_pdf",
    ),
    path(
        "anslutningar/<int:pk>/avtal/<int:agreement>/undertecknat.pdf",
        agreements.signed_pdf,
        name="agreement_signed_pdf",
    ),
    path(
        "anslutningar/<int:pk>/avtal/<int:agreement>/ladda-upp/",
        agreements.upload,
        name="agreement_upload",
    ),
    path("anslutningar/<int:pk>/moment/<int:step>/klar/", steps.finish, name="step_finish"),
    path("anslutningar/<int:pk>/moment/<int:step>/planera/", steps.plan, name="step_plan"),
    path("anslutningar/<int:pk>/moment/<int:step>/kommentera/", steps.comment, name="step_comment"),
    path(
        "anslutningar/<int:pk>/underbitrade/<int:answer>/",
        steps.sub_processor,
        name="participation_sub_processor",
    ),
    path("anslutningar/<int:pk>/gor/<slug:slug>/", record.do_deed, name="participation_deed"),
    path("anslutningar/kostnader/", cost_years.own_costs, name="own_costs"),
    path("kommuner/<str:code>/portfolj/", portfolio.portfolio, name="portfolio"),
    path("kommuner/<str:code>/portfolj.xlsx", portfolio.portfolio_xlsx, name="portfolio_xlsx"),
    path(
        "kommuner/<str:code>/portfolj.ics", portfolio.portfolio_calendar, name="portfolio_calendar"
    ),
    path("kansli/anslutningar/", office.participation_list, name="office_participations"),
    path("kansli/anslutningar/inforanden/", office.onboardings, name="onboardings"),
    path("kansli/anslutningar/ta-over/", takeovers.takeover, name="takeover"),
    path("kansli/anslutningar/spridning/", statistics.adoption, name="adoption"),
    path("kansli/anslutningar/spridning.xlsx", statistics.adoption_xlsx, name="adoption_xlsx"),
    path("kansli/underbitraden/", office.sub_processor_changes, name="sub_processor_changes"),
    path(
        "kansli/underbitraden/<int:pk>/besluta/",
        office.sub_processor_decision,
        name="sub_processor_decision",
    ),
    path("kansli/avtal/", office.agreement_register, name="agreement_register"),
    path("kansli/kostnader/", costs.cost_models, name="cost_models"),
    path("kansli/kostnader/ny/", costs.cost_model_new, name="cost_model_new"),
    path("kansli/kostnader/<int:pk>/", costs.cost_model, name="cost_model"),
    path("kansli/kostnader/<int:pk>/gor/<slug:deed>/", costs.cost_model_do, name="cost_model_do"),
    path("kansli/kostnader/<int:pk>/prognos/", costs.cost_forecast, name="cost_forecast"),
    path("kansli/kostnader/<int:pk>/<str:form>", cost_exports.model_export, name="cost_export"),
    path("kansli/kostnader/ar/<int:year>/", cost_years.cost_year, name="cost_year"),
    path(
        "kansli/kostnader/ar/<int:year>/<str:form>",
        cost_exports.year_export,
        name="cost_year_export",
    ),
    path("kansli/medlemsavgifter/<int:year>/", fee_years.fee_year, name="fee_year"),
    path(
        "kansli/medlemsavgifter/<int:year>/utfarda/",
        fee_years.fee_year_issue,
        name="fee_year_issue",
    ),
    path(
        "kansli/medlemsavgifter/<int:year>/<str:form>",
        fee_years.fee_year_export,
        name="fee_year_export",
    ),
    path(
        "kansli/medlemsavgifter/rader/<int:pk>/", fee_years.fee_row_correct, name="fee_row_correct"
    ),
    path("medlemsavgifter/", fees.membership_fees, name="membership_fees"),
    path("kansli/kostnader/rader/<int:pk>/", costs.cost_row_correct, name="cost_row_correct"),
    path("kansli/avtal/kontrasignera/", agreements.countersign, name="countersign"),
]
