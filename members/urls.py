"""Addresses of people, roles and the office."""

from django.urls import path

from members import views

app_name = "members"

urlpatterns = [
    path("inbjudan/<str:token>/", views.invitation, name="invitation"),
]
