"""How the market of a sandbox is set."""

from __future__ import annotations

from django.db import models


class Market(models.Model):
    """One row. The random stream continues from `step`, so a restart repeats nothing and skips nothing."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seed = models.BigIntegerField(default=1)
    running = models.BooleanField(default=True)
    # Orders an active shop receives per virtual day at full popularity.
    orders_per_day = models.PositiveIntegerField(default=40)
    step = models.BigIntegerField(default=0)
    simulated_until = models.DateTimeField(null=True)
    history_until = models.DateTimeField(null=True)
