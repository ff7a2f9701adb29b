from __future__ import annotations

import gc

import pytest

from sellerdesk.core import garbage


def test_the_collector_rests_for_a_chunk_and_comes_back_also_after_an_error():
    with garbage.paused():
        with garbage.paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()

    with pytest.raises(KeyError), garbage.paused():
        raise KeyError
    assert gc.isenabled()
