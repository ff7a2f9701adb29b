"""Companies, their shops, who works there, and the keys their programs use."""

from __future__ import annotations

from django.db import models


class Company(models.Model):
    # Seen by the shops it owns (see core.postgres.wall).
    wall = "EXISTS (SELECT 1 FROM sellers_seller shop WHERE shop.company_id = sellers_company.id)"

    legal_name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    registration_number = models.CharField(max_length=30)
    # As the papers spell it where that is not Latin; carriers and customs print `legal_name`.
    local_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    # As declarations abroad print it; where it is empty, it is spelled by rule as far as there is one.
    latin_address = models.CharField(max_length=300, blank=True, db_default="")
    director = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "registration_number"], name="sellers_company_once")
        ]


class Seller(models.Model):
    """One shop: the unit of tenancy. Its id is the Client-Id of the API."""

    class State(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in_review"
        NEEDS_CHANGES = "needs_changes"
        REJECTED = "rejected"
        APPROVED = "approved"
        ACTIVE = "active"
        PAUSED = "paused"
        SUSPENDED = "suspended"
        CLOSING = "closing"
        CLOSED = "closed"

    company = models.ForeignKey("sellers.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=140)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=60, default="Europe/Moscow")
    state = models.CharField(max_length=14, choices=State.choices, default=State.IN_REVIEW)
    state_reason = models.CharField(max_length=500, blank=True)
    state_until = models.DateTimeField(null=True, blank=True)
    # Since when it is in this state; empty for shops older than this column.
    state_at = models.DateTimeField(null=True)
    # Registered outside the marketplace's country: other papers, other checklist.
    cross_border = models.BooleanField(default=False)
    # Id of the department most goods will belong to; only a hint for the reviewer.
    main_category = models.BigIntegerField(null=True)
    # The live shop whose test twin this is; see simulator/services/twins.py.
    twin_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()


class Membership(models.Model):
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)
    # Only these warehouses; empty means all.
    warehouses = models.JSONField(default=list)
    # A delegation ends by itself, and is bounded in business terms: {"price_percent": 10, "skus_per_day": 200, …}.
    until = models.DateTimeField(null=True, blank=True)
    limits = models.JSONField(default=dict)
    # Sees what the role sees and changes nothing.
    read_only = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "seller"], name="sellers_membership_once")]


class ApiKey(models.Model):
    """Only the hash is kept; the prefix finds the row with one indexed read."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    roles = models.JSONField(default=list)
    created_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Networks the key may be used from, as CIDR texts; empty means any.
    networks = models.JSONField(default=list)
    # Only these warehouses; empty means all.
    warehouses = models.JSONField(default=list)
    deactivated_at = models.DateTimeField(null=True)
    leaked_at = models.DateTimeField(null=True)
    # A rolled key lives on beside its successor until its overlap ends.
    successor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    # The smallest of 30, 14, 7 and 1 days before the end that its owners were warned at.
    warned_days = models.PositiveSmallIntegerField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_address = models.CharField(max_length=45, blank=True)
    last_used_method = models.CharField(max_length=120, blank=True)


class CustomRole(models.Model):
    """A shop's own set of rights."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    rights = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "key"], name="sellers_role_once")]


class JoinRequest(models.Model):
    """Somebody who typed the number of a company that is here already asks to work in its shop.

    Waiting, then invited or refused; time alone makes one expired.
    """

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default="waiting")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "user"], condition=models.Q(state="waiting"),
                                               name="sellers_join_request_once")]
        indexes = [models.Index(fields=["seller", "state", "-id"], name="sellers_join_request_list")]


class Invitation(models.Model):
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    role = models.CharField(max_length=30)
    warehouses = models.JSONField(default=list)
    member_until = models.DateTimeField(null=True)
    limits = models.JSONField(default=dict)
    read_only = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, default="pending")
    invited_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "state"], name="sellers_invitation_list")]


class SecurityPolicy(models.Model):
    """Who in the shop must have a second factor, and from when: optional, owner_finance, everyone."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, primary_key=True, related_name="+")
    second_factor = models.CharField(max_length=14, default="optional")
    from_at = models.DateTimeField(null=True)
    # Kinds of acts that need a second person, see rules.TWO_PEOPLE.
    two_people = models.JSONField(default=list)
    # Roles whose sessions end sooner than the installation's: {role: [idle seconds, seconds since signing in]}.
    sessions = models.JSONField(default=dict)
    updated_at = models.DateTimeField()


class Approval(models.Model):
    """An act that waits for a second person: waiting, approved, refused, done. Time alone makes one expired."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    # What exactly would be done; the act later must be the same. Never holds a secret.
    wish = models.JSONField(default=dict)
    label = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="waiting")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "state", "-id"], name="sellers_approval_list")]


class ChecklistItem(models.Model):
    """One thing a shop of a country must do before it may sell; composed by the operator."""

    audience = models.CharField(max_length=12)
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=40)
    name_en = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    required = models.BooleanField(default=True)
    # How many, where the kind counts something: products, warehouses.
    amount = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "key"], name="sellers_checklist_once")]


class Confirmation(models.Model):
    """Somebody of a shop confirmed an attestation of the checklist."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    item_key = models.CharField(max_length=40)
    user = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "item_key"], name="sellers_confirmation_once")]


class Document(models.Model):
    """A paper a seller handed in. The bytes are encrypted in storage; every opening is recorded."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    item_key = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="in_review")
    reason = models.CharField(max_length=500, blank=True)
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "item_key", "-id"], name="sellers_document_item")]


class FieldRemark(models.Model):
    """What a reviewer wants changed, field by field."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)


class OfferVersion(models.Model):
    """The contract between marketplace and seller, and policies that must be accepted as it is (`key` names which); a
    new version must be accepted within its grace period."""

    key = models.CharField(max_length=40, default="offer")
    version = models.CharField(max_length=20)
    # Of a policy; the offer has none.
    title_en = models.CharField(max_length=120, blank=True)
    title_ru = models.CharField(max_length=120, blank=True)
    title_zh = models.CharField(max_length=120, blank=True)
    text_en = models.TextField()
    text_ru = models.TextField()
    text_zh = models.TextField()
    valid_from = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="sellers_offer_version_once")]


class OfferAcceptance(models.Model):
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey("sellers.OfferVersion", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "offer"], name="sellers_acceptance_once")]


class LegalChange(models.Model):
    """A requested change of legal data; the old data stay in force until it is approved."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    changes = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey("sellers.Document", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, default="in_review")
    remark = models.CharField(max_length=500, blank=True)
    requested_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class Inactivity(models.Model):
    """How long a shop may go on doing nothing, and what its owners were told of it."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, primary_key=True, related_name="+")
    # Since when the days count anew: the last time an owner let the paused shop sell again.
    counted_from = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    # The smallest of 14, 7 and 1 days before the deadline that its owners were warned at.
    warned_days = models.PositiveSmallIntegerField(null=True)
    # Never without a warning: where the first one came late, a day is added.
    not_before = models.DateTimeField(null=True)


class Holiday(models.Model):
    """Days on which a shop does not sell by its own wish: planned, running, then over or cancelled."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    start_at = models.DateTimeField()
    # The first moment on which it sells again.
    end_at = models.DateTimeField()
    # What buyers read meanwhile.
    text = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default="planned")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller"], condition=models.Q(state__in=["planned", "running"]),
                                               name="sellers_holiday_once")]
        indexes = [models.Index(fields=["state", "start_at"], name="sellers_holiday_due")]


class NameChange(models.Model):
    """A name a shop asked for: in review, then confirmed, refused, legal_name, corrected or withdrawn."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    # Empty at registration, where nothing was before.
    before = models.CharField(max_length=140, blank=True)
    wanted = models.CharField(max_length=140)
    # What the shop was called once it was decided.
    given = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, default="in_review")
    remark = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller"], condition=models.Q(state="in_review"),
                                               name="sellers_name_change_once")]
        indexes = [models.Index(fields=["state", "due_at"], name="sellers_name_change_due")]


class Closing(models.Model):
    """One wish of a shop's owners to close it: pending while they may think better of it, then stopped or done."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="pending")
    reason = models.CharField(max_length=500, blank=True)
    # What the shop returns to when its owners stop the closing: a suspension stays one.
    state_before = models.CharField(max_length=14)
    reason_before = models.CharField(max_length=500, blank=True)
    until_before = models.DateTimeField(null=True)
    started_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # When its owners were last told what still keeps the shop open.
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # What the certificate says; kept here, because the data it is made of may change or be erased.
    certificate = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller"], condition=models.Q(state="pending"),
                                               name="sellers_closing_once")]
        indexes = [models.Index(fields=["state", "due_at"], name="sellers_closing_due")]


class ApiCall(models.Model):
    """One request of a program, kept seven days, without bodies."""

    key = models.ForeignKey("sellers.ApiKey", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    method = models.CharField(max_length=120)
    status = models.PositiveSmallIntegerField()
    code = models.IntegerField(default=0)
    milliseconds = models.PositiveIntegerField()
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["key", "-id"], name="sellers_apicall_key"),
                   models.Index(fields=["at"], name="sellers_apicall_age")]
