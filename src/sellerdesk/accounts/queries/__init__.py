"""Reading about people."""

from sellerdesk.accounts.queries.factors import factors, has_second_factor, who_has_second_factor
from sellerdesk.accounts.queries.letters import messages_to
from sellerdesk.accounts.queries.passwords import second_step_expected
from sellerdesk.accounts.queries.people import contacts, id_of, labels, language_of, languages, phrase_on, zones
from sellerdesk.accounts.queries.problems import signin_problem, signin_problems
from sellerdesk.accounts.queries.recovery import recoveries_open, recoveries_page, recovery_request, recovery_requests
from sellerdesk.accounts.rules import device_name

__all__ = [
    "contacts", "device_name", "factors", "has_second_factor", "id_of", "labels", "language_of", "languages",
    "messages_to", "phrase_on", "recoveries_open", "recoveries_page",
    "recovery_request", "recovery_requests", "second_step_expected", "signin_problem",
    "signin_problems", "who_has_second_factor", "zones",
]
