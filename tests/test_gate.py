import ipaddress

import pytest

from crawler.addresses import literal_address, may_reach

REFUSED = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",  # CGNAT
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1", "240.0.0.1",
    "::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:100.64.0.1",  # IPv4-mapped
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",  # NAT64
    "2002:7f00:1::", "2002:a00:1::1",  # 6to4
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"]


@pytest.mark.parametrize("text", REFUSED)
def test_refuses_what_is_not_public(text: str) -> None:
    assert not may_reach(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_lets_public_addresses_pass(text: str) -> None:
    assert may_reach(ipaddress.ip_address(text))


def test_operator_may_allow_a_network() -> None:
    allowed = [ipaddress.ip_network("127.0.0.0/8")]
    assert may_reach(ipaddress.ip_address("127.0.0.1"), allowed)
    assert may_reach(ipaddress.ip_address("::ffff:127.0.0.1"), allowed)
    assert not may_reach(ipaddress.ip_address("10.0.0.1"), allowed)


@pytest.mark.parametrize("spelling", ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "0"])
def test_reads_every_spelling_of_an_address(spelling: str) -> None:
    address = literal_address(spelling)
    assert address is not None
    assert not may_reach(address)


def test_a_name_is_no_literal() -> None:
    assert literal_address("example.org") is None
