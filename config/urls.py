"""Every address of the product; Wagtail's catch-all comes last."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from members.account_pages import AccountOverview

TO_LOGIN = RedirectView.as_view(pattern_name="account_login", query_string=True)
# Gone with the shared passwords of pages and collections; RedirectView without target is a 410.
NOT_HERE = RedirectView.as_view(url=None)

handler400 = "core.views.errors.bad_request"

urlpatterns = [
    path("konto/", AccountOverview.as_view(), name="account_overview"),
    path("konto/", include("allauth.urls")),
    # Wagtail's own logins and passwords: allauth's is the only one.
    path("cms/login/", TO_LOGIN),
    re_path("^cms/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("_util/login/", TO_LOGIN),
    re_path("^_util/authenticate_with_password/", NOT_HERE),
    re_path("^dokument/authenticate_with_password/", NOT_HERE),
    path("", include("notifications.urls")),
    # Wagtail's pages for trying an error out, and one that only breaks.
    path("cms/test404/", NOT_HERE),
    path("cms/failwhale/", NOT_HERE),
    path("cms/snippets/choose/catalogue/area/create/", NOT_HERE),
    path("cms/snippets/choose/catalogue/agreementtemplate/create/", NOT_HERE),
    path("cms/snippets/choose/catalogue/onboardingtemplatestep/create/", NOT_HERE),
    path("cms/", include(wagtailadmin_urls)),
    path("", include("members.urls")),
    path("", include("core.urls")),
    path("", include("home.urls")),
    path("", include("catalogue.urls")),
    path("", include("governance.urls")),
    path("", include("search.urls")),
    path("", include(wagtail_urls)),
]
