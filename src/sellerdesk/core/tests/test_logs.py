"""Lines of the log hold nothing that opens something."""

from __future__ import annotations

import pytest

from sellerdesk.core.logs import without_tokens


@pytest.mark.parametrize(("address", "logged"), [
    ("/accounts/password/reset/key/1-d2xk4a-0f8a9c3e5b7d1f2a4c6e8b0d2f4a6c8e/", "/accounts/password/reset/key/…/"),
    ("Gone: /account-recovery/stop/Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZg/", "Gone: /account-recovery/stop/…/"),
    ("/account/contacts/stop/?token=Zm9vYmFyMTIz", "/account/contacts/stop/"),
    ("/orders/65839201-0042-1/", "/orders/65839201-0042-1/"),
    ("/v3/product/info/list", "/v3/product/info/list"), ("/account/history/", "/account/history/")])
def test_M04_address_in_the_log_keeps_its_place_and_loses_its_token(address, logged):
    assert without_tokens(address) == logged
