"""What can be refused in finance."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


class TransactionUnknown(NotFound):
    code = "transaction_unknown"
    message = _("There is no such transaction in this shop.")


class SettlementUnknown(NotFound):
    code = "settlement_unknown"
    message = _("There is no such payout.")


class PayoutMoved(Conflict):
    """Somebody else has paid, failed or held it in the meantime, or it is in a state that does not allow this."""

    code = "payout_moved"
    message = _("The payout is not in a state that allows this any more. Look at it again.")


class NothingToPay(Conflict):
    code = "nothing_to_pay"
    message = _("No closed period has left anything to be paid out.")


class BelowMinimum(Conflict):
    code = "below_minimum"
    message = _("%(amount)s is below the smallest payout, %(minimum)s. It is added to the next period.")


class ReasonRequired(Invalid):
    code = "reason_required"
    message = _("Say why: the shop reads it.")

    def __init__(self) -> None:
        super().__init__(field="remark")


class PayoutFrozen(Conflict):
    code = "payout_frozen"
    message = _("The bank details were changed not long ago. Nothing is paid to them before %(until)s.")


class NoBankDetails(Conflict):
    code = "no_bank_details"
    message = _("The shop has given no bank details, so there is nowhere to pay to.")


class PaymentKnown(Conflict):
    """A payment with this reference was recorded before."""

    code = "payment_known"
    message = _("A payment of this shop with the reference “%(reference)s” is recorded already.")


class DocumentUnknown(NotFound):
    code = "document_unknown"
    message = _("There is no such document in this shop.")


class DocumentUnready(Conflict):
    code = "document_unready"
    message = _("The document is still being made, or its files are past their term. Make it again.")


class PeriodOpen(Conflict):
    code = "period_open"
    message = _("These days have not ended yet. The document can be made from %(day)s on.")
