"""Who works in the shop: the list, one person, changing and ending what they may do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.core import activity, clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view, user_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers import permissions, queries, rights
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.queries.joining import joining
from sellerdesk.sellers.services import invitations as inviting
from sellerdesk.sellers.services import team as services
from sellerdesk.sellers.team_types import Member
from sellerdesk.sellers.web.team_forms import InviteForm, TermsForm, role_choices
from sellerdesk.sellers.web.team_tables import (
    InvitationTable,
    MemberTable,
    bounds_text,
    invitation_line,
    member_line,
)

_FEED = 50
#: Why somebody lacks a right that their role has.
WITHHELD = {
    "read_only": gettext_lazy("changes nothing here"),
    "delegated": gettext_lazy("not for people with an end or limits"),
    "scoped": gettext_lazy("not for people of single warehouses"),
}


def _places(request: WebRequest) -> dict[int, str]:
    """Warehouses that the person may give: all, or those they work in themself."""
    own = request.warehouse_ids
    return {row.id: row.name for row in inventory.warehouses(request.seller) if not own or row.id in own}


@seller_view(permissions.TEAM_VIEW)
def team(request: WebRequest) -> HttpResponse:
    """Everybody who works here, and whoever is invited."""
    named = {row.id: row.name for row in inventory.warehouses(request.seller)}
    people, invited = MemberTable(request), InvitationTable(request)
    people.fill(member_line(row, named) for row in reading.team(request.seller))
    may_invite = request.can(permissions.TEAM_INVITE)
    invited.fill(invitation_line(row, named, may_invite) for row in reading.invitations(request.seller))
    waiting = joining(request.seller, clock.real_now()) if may_invite else []
    return people.respond("sellers/team.html", {"invited": invited, "may_invite": may_invite, "joining": waiting})


@seller_view(permissions.TEAM_INVITE)
@fresh_proof(CRITICAL_MINUTES, reading=True)
def invite(request: WebRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, initial={"email": request.GET.get("email", "")[:254]},
                      seller=request.seller, warehouses=list(_places(request).items()),
                      roles=role_choices(reading.own_roles(request.seller), request.permissions))
    if request.method == "POST" and form.is_valid():
        try:
            inviting.invite(
                seller=request.seller, email=form.cleaned_data["email"], terms=form.terms, language=request.language,
                actor=request.actor, real_now=clock.real_now(), info=request.origin())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("%(email)s gets a mail with a link that works for a day.")
                             % {"email": form.cleaned_data["email"]})
            return redirect("sellers:team")
    return render(request, "sellers/invite.html", {"form": form, "nav_key": "team"},
                  status=422 if form.errors else 200)


@seller_view(permissions.TEAM_INVITE)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def invitation_resend(request: WebRequest, invitation_id: int) -> HttpResponse:
    email = inviting.resend(seller=request.seller, invitation_id=invitation_id, language=request.language,
                            actor=request.actor, real_now=clock.real_now(), info=request.origin())
    messages.success(request, _("%(email)s gets a new link; the old one no longer works.") % {"email": email})
    return redirect("sellers:team")


@seller_view(permissions.TEAM_INVITE)
@require_POST
def invitation_revoke(request: WebRequest, invitation_id: int) -> HttpResponse:
    email = inviting.revoke(seller=request.seller, invitation_id=invitation_id, actor=request.actor,
                            real_now=clock.real_now(), info=request.origin())
    messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": email})
    return redirect("sellers:team")


@seller_view(permissions.TEAM_VIEW)
def member(request: WebRequest, user_id: int) -> HttpResponse:
    """What somebody may do here, what they did, and the switch that ends it."""
    row = reading.member(request.seller, user_id)
    return render(request, "sellers/member.html", _member_context(request, row, _form(request, row, None)))


@seller_view(permissions.TEAM_EDIT)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def member_change(request: WebRequest, user_id: int) -> HttpResponse:
    row = reading.member(request.seller, user_id)
    form = _form(request, row, request.POST)
    if form.is_valid():
        try:
            services.change_member(seller=request.seller, user_id=user_id, terms=form.terms, actor=request.actor,
                                   real_now=clock.real_now(), info=request.origin())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved. It counts from the next click of %(name)s on.") % {"name": row.name})
            return redirect("sellers:member", user_id)
    return render(request, "sellers/member.html", _member_context(request, row, form), status=422)


@seller_view(permissions.TEAM_REMOVE)
@require_POST
@fresh_proof()
def member_remove(request: WebRequest, user_id: int) -> HttpResponse:
    """The kill switch: from the next click on the person is refused."""
    name = services.remove_member(seller=request.seller, user_id=user_id, actor=request.actor,
                                  real_now=clock.real_now(), info=request.origin())
    messages.success(request, _("%(name)s no longer has access.") % {"name": name})
    return redirect("sellers:team")


@user_view
@require_POST
def leave(request: WebRequest) -> HttpResponse:
    """Stop working in the present shop."""
    if request.seller is None:
        return redirect("/")
    services.remove_member(seller=request.seller, user_id=int(request.actor.id), actor=request.actor,
                           real_now=clock.real_now(), info=request.origin())
    messages.success(request, _("You no longer work in “%(shop)s”.") % {"shop": request.seller.name})
    return redirect("/")


def _form(request: WebRequest, row: Member, data: Any) -> TermsForm:
    roles = role_choices(reading.own_roles(request.seller), request.permissions)
    return TermsForm(data, seller=request.seller, roles=roles, warehouses=list(_places(request).items()),
                     terms=row.terms)


def _member_context(request: WebRequest, row: Member, form: TermsForm) -> dict[str, Any]:
    own = row.user_id == request.user.pk
    # Whoever holds more than oneself is out of reach; the service says so too.
    within = row.rights <= request.permissions
    named = {one.id: one.name for one in inventory.warehouses(request.seller)}
    feed = []
    if own or request.can(permissions.ACTIVITY_VIEW):
        feed = [TimelineItem(entry.sentence, entry.at) for entry in
                activity.of_actor(request.seller.id, "user", row.user_id, _FEED)]
    groups = [(group.name, [right.name for right in group.rights if right.key in row.rights],
               [(right.name, WITHHELD[row.withheld[right.key]]) for right in group.rights
                if right.key in row.withheld]) for group in rights.GROUPS]
    working = [key for key in queries.keys(request.seller) if key.state_at(clock.real_now()) in
               ("active", "expiring", "replaced") and key.created_by == row.name] if within and not own else []
    return {"member": row, "form": form, "own": own, "nav_key": "team", "feed": feed,
            "role": rights.role_name(row.terms.role, row.own_role_name), "bounds": bounds_text(row.terms, named),
            "groups": [group for group in groups if group[1] or group[2]], "count": len(row.rights), "keys": working,
            "may_change": within and request.can(permissions.TEAM_EDIT),
            "may_remove": within and not own and request.can(permissions.TEAM_REMOVE)}
