"""Addresses of notifications."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("min-sida/aviseringar/", views.notification_list, name="list"),
    path("min-sida/aviseringar/<int:pk>/", views.notification_open, name="open"),
    path("min-sida/aviseringar/lasta/", views.notification_read_all, name="read_all"),
    path("min-sida/aviseringar/installningar/", views.preferences, name="preferences"),
    path("kansli/utskick/", views.outbox_list, name="outbox"),
    path("kansli/utskick/<int:pk>/igen/", views.outbox_retry, name="outbox_retry"),
]
