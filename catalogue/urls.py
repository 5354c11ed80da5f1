"""The catalogue's addresses that are not pages; the list and the services are Wagtail's."""

from django.urls import path

from catalogue.feeds import NewServicesFeed
from catalogue.views import compare_services

app_name = "catalogue"
urlpatterns = [
    path("tjanster/jamfor/", compare_services, name="compare"),
    path("tjanster/flode.xml", NewServicesFeed(), name="feed"),
]
