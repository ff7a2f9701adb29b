"""What can be refused about shops and keys."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Forbidden, LimitReached, NotFound
from sellerdesk.sellers.errors_team import ApprovalRequired as ApprovalRequired


class KeyUnknown(NotFound):
    """No such key, or not of this shop, which must look the same."""

    code = "key_unknown"
    message = _("This API key is unknown.")


class KeyExpired(NotFound):
    code = "key_expired"
    message = _("This API key has expired. Create a new one.")


class KeyDeactivated(Forbidden):
    code = "key_deactivated"
    message = _("This API key was deactivated. Create a new one.")


class KeyRestricted(Forbidden):
    """Used from an address that is on none of its networks."""

    code = "key_restricted"
    message = _("This API key may be used from certain networks only.")


class KeyReplaced(Conflict):
    code = "key_replaced"
    message = _("This key does not work any more or was replaced already. Create a new one.")


class TwinExists(Conflict):
    """A live shop has one test shop at most."""

    code = "twin_exists"
    message = _("This shop has a test shop already.")


class TwinImpossible(Conflict):
    """Of a closed shop, or of a test shop itself."""

    code = "twin_impossible"
    message = _("This shop cannot have a test shop.")


class ShopNameTaken(Conflict):
    code = "shop_name_taken"
    message = _("You have a shop with this name already. Choose another name.")


class TooManyShops(LimitReached):
    code = "too_many_shops"
    message = _("One person can register at most %(limit)s shops.")


class TooManyKeys(LimitReached):
    code = "too_many_keys"
    message = _("A shop can have at most %(limit)s working keys. Deactivate one you do not need.")


class CompanyTaken(Conflict):
    """Somebody else registered this company. Who it was is not told to strangers."""

    code = "company_taken"
    message = _("This company is registered already. Ask its owner to add you to the staff.")


class StateForbids(Conflict):
    """The shop is in a state that does not allow the act."""

    code = "shop_state"
    message = _("The shop is in the state “%(state)s”, which does not allow this.")


class CountryBlocked(Forbidden):
    code = "country_blocked"
    message = _("Companies of this country cannot register here.")


class PhoneMissing(Forbidden):
    code = "phone_missing"
    message = _("Confirm a telephone number first.")
