"""Addresses of other systems: as people write them, and what of them is told."""

from __future__ import annotations

import pytest

from mazhi.kernel.errors import ForbiddenError
from mazhi.kernel.outbound.fetching import allowed, ask
from mazhi.kernel.outbound.hosts import Host
from tests.engines.flows.outside_world import OtherSystem, served


def test_addresses_may_hold_letters_of_any_script_and_what_is_written_in_signs_stays() -> None:
    world = OtherSystem()
    with served(world.server):
        hosts = [Host("127.0.0.1", world.port, plain=True, private=True)]
        for written, sent in (
            ("/收货/a b?类型=采购&x=[1]", "/%E6%94%B6%E8%B4%A7/a%20b?%E7%B1%BB%E5%9E%8B=%E9%87%87%E8%B4%AD&x=[1]"),
            ("/a%2Fb?q=%E4%B8%AD+1&t=2026-11-22T08:00:00", "/a%2Fb?q=%E4%B8%AD+1&t=2026-11-22T08:00:00"),
            ("", "/"),
        ):
            assert ask(world.address + written, hosts).good
            assert world.seen[-1][1] == sent


@pytest.mark.parametrize("address", ["https://user:pw@erp.example.com:x/robot?key=s3cret", "https://erp.example.com:x"])
def test_of_an_address_that_is_none_only_the_host_is_told(address: str) -> None:
    with pytest.raises(ForbiddenError) as refused:
        allowed(address, [Host("erp.example.com")])
    assert refused.value.params == {"host": "erp.example.com:x"}
