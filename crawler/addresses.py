"""Which addresses may be reached: public ones, and those in networks the operator allows."""

import ipaddress
import socket
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Global by the registry, yet no server of the public web: 6to4 relays (RFC 7526), NAT64 for local use (RFC 8215).
NEVER_PUBLIC = tuple(ipaddress.ip_network(text) for text in ("192.88.99.0/24", "64:ff9b:1::/48"))


def unwrap(address: Address) -> Address:
    """Give the IPv4 address that an IPv6 one carries (mapped, NAT64, 6to4, Teredo), else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address


def may_reach(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Tell whether a connection to the address is right: a public unicast one, or in a network the operator allows."""
    inner = unwrap(address)
    for network in allowed:
        if any(each.version == network.version and each in network for each in (address, inner)):
            return True
    never = any(inner.version == network.version and inner in network for network in NEVER_PUBLIC)
    return inner.is_global and not inner.is_multicast and not never


def literal_address(host: str) -> Address | None:
    """Read a host that is an address in any spelling the C library takes (``127.1``, ``0x7f.1``, ``2130706433``)."""
    try:
        return ipaddress.ip_address(host.strip("[]").split("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
