"""Addresses of the site that are no pages of the CMS."""

from django.urls import path

from home import views_desk

urlpatterns = [
    path("min-sida/", views_desk.my_page, name="my_page"),
]
