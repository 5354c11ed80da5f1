"""Addresses of the site that are no pages of the CMS."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path
from django.views.decorators.cache import cache_control

from home import views, views_desk
from home.feeds import NewsFeed
from home.sitemaps import SITEMAPS

urlpatterns = [
    path("min-sida/", views_desk.my_page, name="my_page"),
    path("sprak/", views.set_language, name="set_language"),
    re_path(r"^kommuner/(?P<code>[0-9]{4})/$", views.municipality_page, name="municipality"),
    path("nyheter/flode.xml", NewsFeed(), name="news_feed"),
    path(
        "sitemap.xml",
        cache_control(public=True, max_age=3600)(sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap",
    ),
    path("robots.txt", views.robots_txt, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
