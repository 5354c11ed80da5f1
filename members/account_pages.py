"""The first page of a person's own account; allauth has the others."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from members.second_factor import has_second_factor


class AccountOverview(LoginRequiredMixin, TemplateView):
    """What the account is protected by, and the way to change it."""

    template_name = "account/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether two-step login is on and the number of sessions that are alive."""
        user = self.request.user
        sessions = UserSession.objects.purge_and_list(user)  # type: ignore[arg-type]
        return super().get_context_data(
            has_second_factor=has_second_factor(user), session_count=len(sessions), **kwargs
        )
