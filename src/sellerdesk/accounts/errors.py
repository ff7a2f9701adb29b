"""What can be refused about accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Forbidden, Invalid, LimitReached, NotFound


class EmailTaken(Conflict):
    code = "email_taken"
    message = _("This e-mail address is already in use.")


class WrongCode(Invalid):
    code = "code_wrong"
    message = _("This code is wrong. Type the newest one from your app, or a recovery code. A code works once.")

    def __init__(self) -> None:
        super().__init__(field="code")


class ClockBehind(Invalid):
    """The code was right some time ago: the telephone's clock is late, or the person was."""

    code = "code_expired"
    message = _("This code belongs to the past: about %(seconds)s s ago it was right. Type the newest one. If this is "
                "the newest, the clock of your telephone is behind: set it to “automatic” and try again.")

    def __init__(self, seconds: int) -> None:
        super().__init__(field="code", data={"seconds": seconds})


class ClockOff(Invalid):
    """Both codes of a set-up are right, but for another time."""

    code = "clock_off"

    def __init__(self, seconds_behind: int) -> None:
        late = seconds_behind > 0
        super().__init__(field="second", data={"seconds": abs(seconds_behind)}, message=(
            _("The codes are right, but your telephone is about %(seconds)s s behind. Set its clock to “automatic”, "
              "then type two new codes.") if late else
            _("The codes are right, but your telephone is about %(seconds)s s ahead. Set its clock to “automatic”, "
              "then type two new codes.")))


class PolicyDemandsFactor(Conflict):
    code = "second_factor_demanded"
    message = _("“%(shop)s” asks for a second step, and this is your last one. Add another one first.")

    def __init__(self, shop: str) -> None:
        super().__init__(data={"shop": shop or _("The marketplace")})


class NotAlonePhone(Conflict):
    code = "phone_not_alone"
    message = _("You own a shop, so codes by phone may not be your only second step: numbers can be taken over. "
                "Keep an app or a passkey beside them.")


class LastWayIn(Conflict):
    code = "last_way_in"
    message = _("You have no password, so this passkey is your only way to sign in. Add another passkey or set a "
                "password first, then remove this one.")


class PasskeyRefused(Invalid):
    """One answer to every assertion that does not fit, whatever is wrong with it."""

    code = "passkey_refused"
    message = _("This passkey was not accepted. Try again, or sign in another way.")


class ChallengeExpired(Invalid):
    code = "challenge_expired"
    message = _("That took longer than five minutes, or was sent twice. Please try again.")


class KeyCopied(Invalid):
    code = "key_copied"
    message = _("This key counts backwards, as a copy of it would. It was not accepted; use another way to sign in, "
                "then remove the key.")


class PhoneInvalid(Invalid):
    code = "phone_invalid"
    message = _("This is not a telephone number. Write it with “+” and the country, for example +79161234567.")

    def __init__(self, value: str = "", *, field: str = "phone") -> None:
        super().__init__(field=field, data={"value": value[:40]})


class PhoneCodeWrong(Invalid):
    code = "phone_code_wrong"
    message = _("This code is wrong. Look at the newest message and type its six digits.")

    def __init__(self) -> None:
        super().__init__(field="code")


class PhoneCodeSpent(Invalid):
    code = "phone_code_spent"
    message = _("This code is no longer good: it is older than 10 minutes, was used, or was tried too often. "
                "Ask for a new one.")

    def __init__(self) -> None:
        super().__init__(field="code")


class LinkDead(NotFound):
    """A link from a mail that was used, replaced by a newer one, or is too old."""

    code = "link_dead"
    message = _("This link no longer works. It was used already, a newer one was sent, or it is too old.")


class PhraseUnfit(Invalid):
    code = "phrase_unfit"
    message = _("Write %(least)s to %(most)s characters, without web addresses.")


class RecoveryNotYet(Conflict):
    code = "recovery_not_yet"
    message = _("The waiting time runs until %(until)s. Until then the owner of the account can stop the request.")


class RecoveryClosed(Conflict):
    code = "recovery_closed"
    message = _("This request is closed already.")


class RecoveryNeedsAnother(Forbidden):
    code = "recovery_needs_another"
    message = _("You approved this request already. A second person has to look at it.")


class RecoveryOpen(Conflict):
    code = "recovery_open"
    message = _("A recovery of this account is under way already.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Write why, in at least %(least)s characters.")


class NotDeniable(Conflict):
    code = "not_deniable"
    message = _("This event can no longer be reported. If something is wrong, set a new password.")


class SignInLocked(LimitReached):
    """Which budget is empty, and whether this is the try that found it so."""

    code = "sign_in_locked"
    message = _("Too many failed attempts. You can try again in %(minutes)s min. If you do not remember the password, "
                "set a new one now.")

    def __init__(self, *, retry_after_seconds: int, budget: str = "", first: bool = False) -> None:
        super().__init__(retry_after_seconds=retry_after_seconds, data={"minutes": -(-retry_after_seconds // 60)})
        self.budget, self.first = budget, first


class DeviceCodeWrong(Invalid):
    code = "code_wrong"
    message = _("This code is wrong. Look at the newest mail and type its six digits.")

    def __init__(self) -> None:
        super().__init__(field="code")


class DeviceCodeSpent(Invalid):
    code = "code_spent"
    message = _("This code no longer works. Let us send you a new one.")

    def __init__(self) -> None:
        super().__init__(field="code")


class SameContact(Invalid):
    code = "same_contact"
    message = _("This is the same as before. Type another one.")

    def __init__(self) -> None:
        super().__init__(field="new")


class PhoneTaken(Conflict):
    code = "phone_taken"
    message = _("This number is confirmed for another account. Remove it there first.")


class ContactCodeWrong(Invalid):
    code = "contact_code_wrong"
    message = _("This code is wrong. Look at the newest mail and type its six digits.")

    def __init__(self) -> None:
        super().__init__(field="code")


class ContactCodeSpent(Invalid):
    code = "contact_code_spent"
    message = _("This code is no longer good. Ask for a new one.")

    def __init__(self) -> None:
        super().__init__(field="code")


class ChangeClosed(NotFound):
    code = "change_closed"
    message = _("This change is finished, was given up, or is too old.")


class OldSideNeedsFactor(Conflict):
    code = "old_side_needs_factor"
    message = _("Without the old address or number we need your second step, and you have none. Ask for recovery of "
                "the account instead.")
