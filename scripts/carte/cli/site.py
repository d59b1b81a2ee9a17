"""The commands that make, show and remove the site."""

from pathlib import Path

import click

from carte.commandes import (
    Commande,
    batir,
    configuration_de,
    court,
    option_config,
    option_de_cote,
    option_ordonnanceur,
    option_sans_memoire,
)
from carte.erreurs import ErreurCarte
from carte.journal import dire


@click.command(cls=Commande)
@option_config
@option_de_cote
@option_ordonnanceur
@option_sans_memoire
def construire(fichier_config: Path, mettre_de_cote: bool, ordonnanceur: str | None, sans_memoire: bool) -> None:
    """Construire le site : vérifier, joindre, calculer, publier.

    Le nouveau site prend la place de l'ancien d'un seul coup, à la fin. En cas d'erreur, l'ancien reste entier. Un
    dossier ou des fichiers que Carte n'a pas faits ne sont jamais effacés.

    Ce qu'une construction d'avant a calculé des mêmes fiches et des mêmes couches est repris de build/memoire, sans
    changer un octet du site.
    """
    batir(
        configuration_de(fichier_config),
        mettre_de_cote=mettre_de_cote,
        ordonnanceur=ordonnanceur,
        sans_memoire=sans_memoire,
    )
    dire("Pour le voir : make serve, puis ouvrir http://localhost:8000/ dans un navigateur.")


@click.command(cls=Commande)
@option_config
def effacer(fichier_config: Path) -> None:
    """Effacer le site construit.

    Seul un site que Carte a fait, et que personne n'a changé, est effacé. Les fiches et les couches restent.
    """
    from carte.publication import effacer as effacer_site

    site = configuration_de(fichier_config).dossiers.sortie / "site"
    dire(f"Site effacé : {court(site)}." if effacer_site(site) else f"Pas de site dans {court(site)}.")


@click.command(cls=Commande)
@option_config
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Le port à écouter.")
@click.option("--suivre", is_flag=True, help="Reconstruire à chaque enregistrement, et montrer le résultat.")
@option_sans_memoire
def servir(fichier_config: Path, port: int, suivre: bool, sans_memoire: bool) -> None:
    """Montrer le site construit, sur cet ordinateur."""
    from carte import serveur
    from carte.boucle import suivre as boucle

    site = configuration_de(fichier_config).dossiers.sortie / "site"
    if not site.is_dir():
        raise ErreurCarte("Le site n'est pas encore construit. Lancez d'abord : make site")
    dire(f"Ouvrez http://localhost:{port}/ dans un navigateur. Ctrl+C pour arrêter.")
    if suivre:
        changes = boucle.changements(boucle.regard(fichier_config, configuration_de), site.stat().st_mtime_ns)

        def rebatir() -> None:
            configuration = configuration_de(fichier_config)
            if configuration.dossiers.sortie / "site" != site:
                raise ErreurCarte("« dossiers.sortie » a changé : arrêtez (Ctrl+C), puis relancez « carte servir ».")
            batir(configuration, sans_memoire=sans_memoire)

        boucle.suivre(site, port, changes, rebatir, dire)
    else:
        serveur.servir(site, port)
