"""Which numbers of the network belong to everybody: a record, a package or a redirection may name any."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_TRADUITES = ip_network("64:ff9b::/96")
# Tunnels whose other end is written in the address, or is not known.
_TUNNELS = (ip_network("2002::/16"), ip_network("2001::/32"), ip_network("64:ff9b:1::/48"))


def publique(numero: str) -> bool:
    """Whether an IP address is one of the public network, whatever it is wrapped in."""
    adresse: IPv4Address | IPv6Address = ip_address(numero.partition("%")[0])
    if isinstance(adresse, IPv6Address):
        if adresse.ipv4_mapped is not None:
            adresse = adresse.ipv4_mapped
        elif adresse in _TRADUITES:
            adresse = IPv4Address(int(adresse) & 0xFFFFFFFF)
        elif any(adresse in tunnel for tunnel in _TUNNELS):
            return False
    return adresse.is_global and not adresse.is_multicast
