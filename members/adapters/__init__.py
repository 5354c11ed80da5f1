"""allauth's choices for this site: who gets in, what the mails say, what a change leads to."""

from members.adapters.account import AccountAdapter
from members.adapters.login_service import LoginServiceAdapter
from members.adapters.second_step import SecondFactorAdapter, SecondFactorStage

__all__ = ["AccountAdapter", "LoginServiceAdapter", "SecondFactorAdapter", "SecondFactorStage"]
