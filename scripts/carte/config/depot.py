"""Where a forge lets people edit a record: each spells its addresses in its own way, and is named, never guessed."""

from urllib.parse import quote, urlsplit

from carte.config.modele import Configuration

FORGES = {
    "github": "{depot}/edit/{branche}/{chemin}",
    "gitlab": "{depot}/-/edit/{branche}/{chemin}",
    "forgejo": "{depot}/_edit/{branche}/{chemin}",
}
"""Forge → the address where a file is edited. Gitea spells it as Forgejo does."""
NOUVELLES = {
    "github": "{depot}/new/{branche}/{dossier}",
    "gitlab": "{depot}/-/new/{branche}/{dossier}",
    "forgejo": "{depot}/_new/{branche}/{dossier}",
}
"""Forge → the address where a file is added to a folder."""
# Hosts that are one forge and nothing else; any other one has to be named.
_CONNUES = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "forgejo"}


def forge_de_l_adresse(depot: str) -> str | None:
    """The forge of an address whose host is one forge and nothing else; None when it has to be named."""
    return _CONNUES.get((urlsplit(depot).hostname or "").lower())


def forge_de(configuration: Configuration) -> str | None:
    """The forge of the repository: the one that the configuration names, else that of a host everybody knows."""
    if configuration.depot is None:
        return None
    return configuration.forge or forge_de_l_adresse(configuration.depot)


def adresse_modification(configuration: Configuration, identifiant: str) -> str | None:
    """Where the file of a record is edited; None without a repository, a known forge, or when records are elsewhere."""
    return _adresse(configuration, FORGES, f"{identifiant}.yml")


def adresse_nouvelle(configuration: Configuration, departement: str) -> str | None:
    """Where a record of a département is added; None as for `adresse_modification`."""
    return _adresse(configuration, NOUVELLES, departement)


def _adresse(configuration: Configuration, formes: dict[str, str], fin: str) -> str | None:
    forge, lieux = forge_de(configuration), configuration.lieux_du_depot
    if forge is None or lieux is None or configuration.depot is None:
        return None
    depot = configuration.depot.rstrip("/").removesuffix(".git")
    chemin = quote(f"{lieux}/{fin}" if lieux != "." else fin)
    return formes[forge].format(
        depot=depot, branche=quote(configuration.branche, safe=""), chemin=chemin, dossier=chemin
    )
