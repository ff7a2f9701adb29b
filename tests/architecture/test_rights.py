"""The registry of rights is what pages really ask for: none without a page, no page without one."""

from django.urls import get_resolver

from sellerdesk.catalog.services import parts
from sellerdesk.core.ui import nav
from sellerdesk.sellers import permissions, rights
from tests.architecture.test_access_marks import walk

#: Checked inside a view or a service, not by the mark on it.
INSIDE = {
    permissions.WAREHOUSE_EDIT: "the form of a warehouse, which others may read",
    permissions.TEAM_OWNER: "giving and taking the role of an owner", permissions.POSTING_SHIP: "also by orders in bulk",
    permissions.TICKET_VIEW: "whether a list of tickets shows those of others",
    permissions.KEY_HISTORY: "the log on a key's page", permissions.OFFER_ACCEPT: "the form of the offer, which others read",
    permissions.ACTIVITY_VIEW: "the list of acts on a person's page",
}


def test_every_right_is_asked_for_somewhere_and_has_a_name():
    asked = {view.access[1] for _address, view in walk(get_resolver().url_patterns)
             if isinstance(getattr(view, "access", None), tuple) and view.access[0] == "seller"}

    assert asked - set(rights.RIGHTS) == set()
    assert set(rights.RIGHTS) - asked - set(INSIDE) == set()
    assert set(rights.RIGHTS) == permissions.SHOP_RIGHTS
    assert {part.permission for part in parts.registered()} <= set(rights.RIGHTS)
    assert {item.permission for item in nav.items("seller")} - {""} <= set(rights.RIGHTS)


def test_every_ready_role_is_named_and_holds_known_rights_only():
    assert list(rights.ROLE_NAMES) == list(permissions.ROLES)
    assert all(held <= permissions.SHOP_RIGHTS for held in permissions.ROLES.values())
    assert permissions.ROLES["owner"] - permissions.ROLES["administrator"] == {
        permissions.TEAM_OWNER, permissions.SHOP_CLOSE}
