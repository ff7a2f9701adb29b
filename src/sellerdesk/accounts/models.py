"""People who sign in: sellers' staff and operators."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from sellerdesk.accounts import rules


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, default="en")
    theme = models.CharField(max_length=5, default="auto")
    time_zone = models.CharField(max_length=60, default="Europe/Moscow")
    is_operator = models.BooleanField(default=False)
    # What an operator may do in the console; a role of sellers.permissions.OPERATOR_ROLES.
    operator_role = models.CharField(max_length=20, default="all")
    is_active = models.BooleanField(default=True)
    last_seller_id = models.BigIntegerField(null=True, blank=True)
    # E.164; counts only once verified.
    phone = models.CharField(max_length=20, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    # Chosen by the person; stands in every mail from us and, on trusted devices, on the sign-in page.
    phrase = models.CharField(max_length=60, blank=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    reminder_dismissed_at = models.DateTimeField(null=True, blank=True)
    # Evidence that forces a change at the next sign-in: breached, leaked_key, denied_sign_in, operator. Empty: none.
    must_change_password = models.CharField(max_length=20, blank=True)
    # Bound into links that set a new password, so that a newer link kills the older ones.
    reset_requested_at = models.DateTimeField(null=True, blank=True)
    # A password was set by a link from a mail: the keys of the person's shops should be looked through.
    keys_review_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(None if raw_password is None else rules.normal_password(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return raw_password is not None and super().check_password(rules.normal_password(raw_password))


class SecurityEvent(models.Model):
    """What happened to an account. Append-only; each row's hash covers the one before it, per person.

    Erasing personal data drops what is personal (actor_label, address, agent, device, detail and the salt) and keeps
    `detail_hash`, which covers all of that, so that the chain stays whole. Triggers in the database refuse every
    other change and every deletion.
    """

    # The database refuses to delete from it (migration 0003); emptying a test shop leaves it alone.
    sealed = True

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_label = models.CharField(max_length=200)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    device = models.CharField(max_length=120, blank=True)
    session_id = models.CharField(max_length=40, blank=True)
    seller_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(null=True)
    # Mixed into detail_hash, so that nobody finds an erased address by trying all of them.
    salt = models.CharField(max_length=24, blank=True, default="")
    detail_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "number"], name="accounts_event_chain")]
        indexes = [
            models.Index(fields=["user", "kind", "-number"], name="accounts_event_kind"),
            models.Index(fields=["user", "at"], name="accounts_event_at"),
            # The beginning of an address is looked for: PostgreSQL does that with these operators in any collation.
            models.Index(fields=["user", "address"], name="accounts_event_address",
                         opclasses=["int8_ops", "varchar_pattern_ops"]),
        ]


class SecurityChain(models.Model):
    """The end of one person's history, sealed with the installation's key: a missing last row shows, and rewriting
    the whole chain does too. Its row is what writers of one history wait for."""

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, primary_key=True, related_name="+")
    number = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)


class KnownDevice(models.Model):
    """A browser that has once completed a sign-in. The cookie's token is kept as a digest."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    agent = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    # The second factor is not asked again on this device until then ("remember this device").
    trusted_until = models.DateTimeField(null=True)


class Factor(models.Model):
    """What guards a TOTP seed beyond the library: the last step accepted, so a code works once, cache or no cache."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, primary_key=True, related_name="+")
    last_totp_step = models.BigIntegerField(default=0)
    recovery_confirmed_at = models.DateTimeField(null=True)
    # Codes by phone count as a second step since then; needs a confirmed telephone number.
    phone_since = models.DateTimeField(null=True)
    phone_used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """One code for the day when telephone and keys are gone. Hashed with scrypt under the person's own salt."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    salt = models.CharField(max_length=32)
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="accounts_recovery_code")]


class RecoveryRequest(models.Model):
    """Mail and second factor both lost: a wait, notices to every known address, four eyes."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, default="waiting")
    email = models.EmailField()
    story = models.TextField()
    cancel_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    first_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)


class SigninProblem(models.Model):
    """A diagnosis made on the "cannot sign in?" page, under a code that support can read."""

    code = models.CharField(max_length=12, unique=True)
    created_at = models.DateTimeField()
    findings = models.JSONField(default=dict)
    email = models.EmailField(blank=True)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default="new")
    answered_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)


class ContactChange(models.Model):
    """A change of e-mail or phone, proven on both sides, with a week to undo it."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6)
    old = models.CharField(max_length=320, blank=True)
    new = models.CharField(max_length=320)
    state = models.CharField(max_length=10, default="pending")
    code_hash = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    new_proven_at = models.DateTimeField(null=True)
    old_token_hash = models.CharField(max_length=64, blank=True)
    old_proven_at = models.DateTimeField(null=True)
    undo_hash = models.CharField(max_length=64, blank=True)
    undo_until = models.DateTimeField(null=True)
    # Where the old side is lost: not before this time.
    not_before = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)


class PhoneCode(models.Model):
    """A code sent to a phone: for registration, sign-in or as a second factor."""

    phone = models.CharField(max_length=20)
    purpose = models.CharField(max_length=12)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="+")
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone", "purpose", "-id"], name="accounts_phonecode_latest")]
