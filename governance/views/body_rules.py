"""The rules of a body in plain words with their source, and what the desk changes of the body."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions import councils
from governance.forms import EndForm
from governance.forms_desk import CouncilChangeForm, WeightForm
from governance.per_capsulam import PerCapsulam
from governance.profiles import Appeal, Distance, Profile, Recusal, SecretBallot, Voter
from governance.views.desk import posted, show_form
from governance.views.lookup import council_at, crumbs, managed_council, may_manage

Row = tuple[str, str, str]


@require_safe
def body_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the rules that hold today in plain words, each with its source."""
    council = council_at(request, slug)
    today = timezone.localdate()
    version = council.settings.current(today)
    table = council.weight_tables.current(today)
    context = {
        "council": council,
        "rows": rule_rows(council.settings.profile_on(council, today)),
        "version": version,
        "changed": version.changes if version else {},
        "versions": council.settings.select_related("document__document"),
        "table": table,
        "weights": table.rows.select_related("organisation").order_by("organisation__name")
        if table
        else [],
        "may_manage": may_manage(request.user, council),
        "breadcrumbs": crumbs(council, (_("Rules"), request.path)),
    }
    return render(request, "governance/body_rules.html", context)


def rule_rows(rules: Profile) -> list[Row]:
    """Return what is ruled, how, and the source: kommunallagen's paragraph or the model."""
    return [*_sitting_rows(rules), *_deciding_rows(rules), *_paper_rows(rules)]


def _sitting_rows(rules: Profile) -> list[Row]:
    voters = {
        Voter.PERSON: _("Each member or serving substitute"),
        Voter.MUNICIPALITY: _("The municipality, through its member or else its substitute"),
        Voter.MEMBER: _("The member organisation, through its delegate"),
    }
    distance = {
        Distance.ALLOWED: _("Allowed; the way each takes part is recorded"),
        Distance.FORBIDDEN: _("Not allowed"),
        Distance.IF_ASSEMBLY_ALLOWS: _("If the assembly has allowed it"),
        Distance.IF_BYLAWS_ALLOW: _("If the bylaws allow it"),
    }
    recusal = {
        Recusal.TAKES_NO_PART: _("Takes no part in the item, and may stay in the room"),
        Recusal.LEAVES_ROOM: _("Takes no part in the item, and leaves the room"),
    }
    quorum = _("More than half of the seats must be served, vacant ones counted")
    if rules.quorum_relaxed_by_recusal:
        quorum += ". " + _("Those missing through recusal are left aside")
    again = _("May serve again the same day")
    barred = _("May not serve again the same day")
    return [
        (_("Who votes"), voters[rules.voter], _("Model: kommunallagen 4:24")),
        (
            _("Quorum"),
            quorum if rules.quorum else _("None"),
            _("Kommunallagen 5:45-46 and 6:27"),
        ),
        (_("Recusal"), recusal[rules.recusal], _("Kommunallagen 5:47 and 6:28-32")),
        (
            _("Who leaves early"),
            again if rules.may_return_same_day else barred,
            _("Kommunallagen 5:17-20"),
        ),
        (_("At a distance"), distance[rules.distance], _("Kommunallagen 5:16 and 6:24")),
        (
            _("Audience"),
            _("Meetings are public") if rules.open_to_public else _("Closed, unless decided"),
            _("Kommunallagen 5:42 and 6:25"),
        ),
        (
            _("When neither chair nor vice chair presides"),
            _("The meeting chooses a chair; who has sat the longest leads the choice")
            if rules.longest_serving_leads
            else _("The meeting chooses a chair"),
            _("The body's rules of procedure"),
        ),
        (
            _("Who presides without a seat"),
            _("Breaks a tie by stating a view")
            if rules.chair_without_seat
            else _("Only who has a seat presides"),
            _("The body's rules of procedure"),
        ),
    ]


def _deciding_rows(rules: Profile) -> list[Row]:
    minority = _("Simple majority")
    if rules.refer_back_minority is not None:
        minority = _("%(part)d of %(whole)d present the first time, then simple majority") % {
            "part": rules.refer_back_minority[0],
            "whole": rules.refer_back_minority[1],
        }
    without = {
        PerCapsulam.FORBIDDEN: _("Not allowed"),
        PerCapsulam.UNANIMOUS: _("When all seats agree"),
        PerCapsulam.MAJORITY: _("By majority, when more than half answer"),
    }
    proxies = ngettext(
        "A delegate speaks for %(limit)d member; the proxy is at most %(months)d months old",
        "A delegate speaks for %(limit)d members; a proxy is at most %(months)d months old",
        rules.proxy_limit,
    ) % {"limit": rules.proxy_limit, "months": rules.proxy_months}
    secret = {
        SecretBallot.ELECTIONS: _("Only elections"),
        SecretBallot.ELECTIONS_ON_REQUEST: _("Elections, when somebody asks for it"),
    }
    return [
        (
            _("A tie"),
            _tie(rules),
            _("Kommunallagen 5:56 and 6:33"),
        ),
        (_("Tabling and referring back"), minority, _("Kommunallagen 5:50 and 6:33")),
        (_("Without a meeting"), without[rules.per_capsulam], _("The body's rules of procedure")),
        (
            _("Proxies"),
            proxies if rules.proxy_limit else _("None: substitutes serve instead"),
            _("The body's rules of procedure"),
        ),
        (
            _("Exercise of authority"),
            _("Nobody may abstain") if rules.must_vote_in_authority else _("A member may abstain"),
            _("Kommunallagen 4:26"),
        ),
        (_("Secret ballots"), secret[rules.secret_ballot], _("Kommunallagen 5:54")),
        (
            _("Names on ballots"),
            _("Also others than the nominated") if rules.write_in else _("Only the nominated"),
            _("The body's rules of procedure"),
        ),
        (
            _("Weighted decisions"),
            _("Also need a majority of the seats")
            if rules.double_majority
            else _("The weights alone decide"),
            _("The body's rules of procedure"),
        ),
    ]


def _tie(rules: Profile) -> str:
    """Return in words what a tie leads to."""
    if not rules.casting_vote:
        return _("The proposal falls; elections are drawn by lot")
    decides = _("The chair's vote decides; elections are drawn by lot")
    if rules.casting_vote_with_weights:
        return decides
    falls = _("Where weights are equal the proposal falls")
    return f"{decides}. {falls}"


def _paper_rows(rules: Profile) -> list[Row]:
    appeal = {
        Appeal.LEGALITY_REVIEW: _("Legality review within three weeks"),
        Appeal.COURT_ACTION: _("Action in court within three months"),
        Appeal.NONE: _("None: a decision holds when the minutes are adjusted"),
    }
    notice = ngettext(
        "At least %(days)d day before the meeting",
        "At least %(days)d days before the meeting",
        rules.notice_days,
    )
    adjusted = ngettext(
        "Within %(days)d day of the meeting",
        "Within %(days)d days of the meeting",
        rules.adjustment_days,
    )
    return [
        (_("Summons"), notice % {"days": rules.notice_days}, _("Kommunallagen 5:15")),
        (
            _("Minutes are adjusted"),
            adjusted % {"days": rules.adjustment_days},
            _("Kommunallagen 5:69"),
        ),
        (
            _("Notice board"),
            _("The adjusted minutes are announced") if rules.notice_board else _("Not announced"),
            _("Kommunallagen 8:12"),
        ),
        (_("Appeal"), appeal[rules.appeal], _("Kommunallagen chapter 13")),
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def council_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change name, mandate text or openness of a body."""
    council = managed_council(request, slug)
    initial = {name: getattr(council, name) for name in ("name", "mandate", "parent")}
    initial |= {n: getattr(council, n) for n in ("minutes_audience", "open_meetings")}
    form = CouncilChangeForm(posted(request)[0], initial=initial)
    if request.method == "POST" and form.carry_out(
        councils.change_council, by=request.user, council=council
    ):
        messages.success(request, _("Saved."))
        return redirect("governance:desk", slug)
    return _form(request, council, form, _("Change the body"), _("Save"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def weights_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Record a version of the weight table."""
    council = managed_council(request, slug)
    form = WeightForm(posted(request)[0])
    if request.method == "POST" and form.carry_out(
        councils.adopt_weights, by=request.user, council=council
    ):
        messages.success(request, _("The weights are computed and kept."))
        return redirect("governance:body_rules", slug)
    return _form(request, council, form, _("Adopt weights"), _("Record the version"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def council_dissolve(request: HttpRequest, slug: str) -> HttpResponse:
    """Dissolve a body after a day; everything it did is kept."""
    council = managed_council(request, slug)
    form = EndForm(posted(request)[0])
    if request.method == "POST" and form.carry_out(
        councils.dissolve_council, by=request.user, council=council
    ):
        messages.success(request, _("The body is dissolved. What it did is kept."))
        return redirect(council)
    lead = _("Its seats end that day. Cases, meetings and decisions are kept.")
    return _form(request, council, form, _("Dissolve the body"), _("Dissolve"), lead=lead)


def _form(
    request: HttpRequest, council: Any, form: Any, title: str, button: str, *, lead: str = ""
) -> HttpResponse:
    back = f"{council.get_absolute_url()}kansli/"
    trail = crumbs(council, (_("Desk"), back), (title, request.path))
    return show_form(request, form, title=title, button=button, trail=trail, back=back, lead=lead)
