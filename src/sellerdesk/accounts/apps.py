from django.apps import AppConfig
from django.conf import settings


class AccountsConfig(AppConfig):
    name = "sellerdesk.accounts"
    label = "accounts"

    def ready(self) -> None:
        from sellerdesk.accounts import events, tasks  # noqa: F401
        from sellerdesk.accounts.queries.people import phrase_of
        from sellerdesk.accounts.services import sessions
        from sellerdesk.accounts.web import banners, fresh, history_signals, navigation, signals  # noqa: F401
        from sellerdesk.core import jobs, mail, rules

        # Numbers can be taken over, so the marketplace has to want it; the demo shows it.
        rules.defaults("accounts.phone_factor", {"": {"enabled": settings.DEMO}},
                       source="NIST SP 800-63B-4, 3.1.3: a restricted authenticator")
        # The demo's operator signs in with what the demo prints, and nothing else.
        rules.defaults("accounts.operator_second_factor", {"": {"enabled": not settings.DEMO}},
                       source="OWASP ASVS 5.0, 6.3.3 and 13.2: whoever runs the marketplace signs in with two factors")
        rules.defaults("accounts.recovery_wait_hours", {"": 72, "owners": 24},
                       source="OWASP ASVS 5.0, 6.4.4; NIST SP 800-63B-4, 4.2")
        rules.defaults("accounts.mail_domains_denied", {"": [
            "10minutemail.com", "guerrillamail.com", "mailinator.com", "sharklasers.com", "temp-mail.org",
            "yopmail.com"]},
            source="default of this installation: mailboxes thrown away after minutes")
        mail.add_phrase_source(phrase_of)
        jobs.schedule("accounts.contact_changes", "*/10 * * * *", tasks.apply_contact_changes)
        jobs.schedule("accounts.forget_ended_sessions", "17 * * * *", sessions.forget_ended)
