"""The frame of every command: how much it says, how it ends, and no stack on the screen whatever happens."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carte.ecriture import DE_COTE
from carte.erreurs import ErreurCarte, cause, connue
from carte.journal import dire, etape, journal, regler

if TYPE_CHECKING:
    from carte.config import Configuration

RACINE = Path(__file__).resolve().parents[2]
MARQUE_HUB = "programme.mk"
"""What the repository of a hub has at its root: the address and the state of the program that it asks for."""

IMPREVU, INTERROMPU = 3, 130
_BRUIT = "carte.bruit"

CODES = f"""\b
Codes de sortie :
  0    c'est fait
  1    refus : quelque chose est à corriger, le message dit quoi ; rien n'est publié
  2    la commande est mal écrite
  {IMPREVU}    erreur imprévue : le détail est dans un fichier, que le message nomme
  {INTERROMPU}  interrompu (Ctrl+C)
"""


# What the program reads in its own folder: no site is written there.
_SOURCES = ("offers", "geo", "site_src", "scripts", "tests", "node_modules", ".git")


def racine_de(fichier: Path) -> Path:
    """Where the relative folders of a configuration start: its own folder in a hub's repository, else the program's."""
    dossier = fichier.resolve().parent
    return dossier if (dossier / MARQUE_HUB).is_file() else RACINE


def fichier_config_par_defaut() -> Path:
    """In a hub's repository, its configuration; everywhere else, the program's."""
    ici = Path("carte.yml").resolve()
    return ici if ici.is_file() and racine_de(ici) != RACINE else RACINE / "carte.yml"


option_config = click.option(
    "--config",
    "fichier_config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=fichier_config_par_defaut,
    show_default="carte.yml",
    help="Le fichier de configuration du déploiement.",
)


option_de_cote = click.option(
    DE_COTE,
    is_flag=True,
    help="Garder sous un autre nom ce qui est à remplacer et que Carte n'a pas fait, ou que quelqu'un a changé.",
)


def _adresse_d_ordonnanceur(contexte: click.Context, parametre: click.Parameter, valeur: str | None) -> str | None:
    if valeur is not None and not valeur.startswith(("tcp://", "tls://")):
        raise click.BadParameter("attendu : tcp://machine:port, ou tls://machine:port.", contexte, parametre)
    return valeur


option_ordonnanceur = click.option(
    "--ordonnanceur",
    metavar="tcp://…",
    callback=_adresse_d_ordonnanceur,
    help="Faire les longs calculs sur les machines de cet ordonnanceur Dask, dans un réseau sûr (tcp://…) ou chiffré "
    "(tls://…). Sans cette option, sur les processeurs de cet ordinateur.",
)


option_sans_memoire = click.option(
    "--sans-memoire",
    is_flag=True,
    help="Tout refaire, sans rien reprendre des constructions d'avant ni rien garder pour les suivantes.",
)


def configuration_de(fichier: Path) -> "Configuration":
    """The configuration, once sure that its site and what is read for it do not hold one another.

    Raises ConfigurationInvalide or PublicationImpossible.
    """
    from carte.config import lire
    from carte.publication import separer

    configuration = lire(fichier, racine_de(fichier))
    dossiers, precedente = configuration.dossiers, configuration.publication_precedente
    separer(
        dossiers.sortie / "site",
        {
            "« dossiers.lieux »": dossiers.lieux,
            "« dossiers.geo »": dossiers.geo,
            "Le dossier des paquets d'autres hubs": dossiers.paquets,
            "Le fichier de configuration": fichier,
            **({"« publication_precedente »": precedente} if isinstance(precedente, Path) else {}),
            **{f"Le dossier {nom} du programme": RACINE / nom for nom in _SOURCES},
        },
    )
    return configuration


def batir(
    configuration: "Configuration",
    *,
    mettre_de_cote: bool = False,
    ordonnanceur: str | None = None,
    sans_memoire: bool = False,
) -> None:
    """Build the site of a deployment, in one step at the end, and say so. Raises ErreurCarte; the old site stays.

    `ordonnanceur`: the address of the scheduler whose machines do the long works; None: this one. What a former build
    computed from the same inputs is taken again, unless `sans_memoire`.
    """
    from carte import execution, memoire, pipeline
    from carte.publication import publication
    from carte.publish import publish

    site = configuration.dossiers.sortie / "site"

    @cache
    def gardee() -> memoire.Memoire:
        # Beside the site, never in it: nothing of it is published.
        return memoire.SANS_MEMOIRE if sans_memoire else memoire.ouvrir(site.with_name("memoire"), RACINE)

    with (
        _a_reprendre(not sans_memoire),
        execution.choisir(ordonnanceur) as executeur,
        publication(site, mettre_de_cote=mettre_de_cote, memoire=gardee) as chantier,
    ):
        picture = pipeline.build_picture(configuration, RACINE, etape, gardee(), executeur)
        with etape("publication"):
            publish(picture, chantier, executeur, gardee())
    gardee().elaguer()
    dire(f"Site construit : {court(site)} ({len(picture.enregistrements)} lieux).")


@contextmanager
def _a_reprendre(garde: bool) -> Iterator[None]:
    """Tell whoever stops a long build what becomes of what was done."""
    try:
        yield
    except KeyboardInterrupt as arret:
        if garde:
            arret.add_note("Ce qui était fini est gardé : relancez pour reprendre.")
        raise


def court(chemin: Path) -> str:
    """A path as a person reads it: from the program's folder or from where they stand, else whole."""
    bases = (RACINE, Path.cwd())
    return next((str(chemin.relative_to(base)) for base in bases if chemin.is_relative_to(base)), str(chemin))


def _bruit(contexte: click.Context, parametre: click.Parameter, valeur: int) -> None:
    """Add up what the group and its command ask for, and obey."""
    contexte.meta[_BRUIT] = contexte.meta.get(_BRUIT, 0) + (valeur if parametre.name == "details" else -valeur)
    regler(contexte.meta[_BRUIT])


def _options() -> list[click.Parameter]:
    commun: dict[str, Any] = {"count": True, "expose_value": False, "is_eager": True, "callback": _bruit}
    aide = "Dire la durée de chaque phase et la cause des erreurs ; -vv : ce que disent les bibliothèques aussi."
    return [
        click.Option(["-v", "--details", "--verbose"], help=aide, **commun),
        click.Option(["-q", "--silence", "--quiet"], help="Ne dire que les erreurs.", **commun),
    ]


class Commande(click.Command):
    """A command with the options and the exit codes of all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["params"] = [*(kwargs.get("params") or []), *_options()]
        super().__init__(*args, **({"epilog": CODES} | kwargs))


class AvecRangement(Commande):
    """The help of `carte couches`: the names that --depuis expects are those of the code."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from carte.couches.rangement import en_aide

        formatter.write(f"\n{en_aide()}\n")
        super().format_epilog(ctx, formatter)


def dossier_ou_adresse(contexte: click.Context, parametre: click.Parameter, valeur: str | None) -> str | None:
    """A folder that is there, or an address."""
    if valeur is not None and "://" not in valeur and not Path(valeur).is_dir():
        raise click.BadParameter(f"le dossier {valeur} n'existe pas.", contexte, parametre)
    return valeur


class Groupe(click.Group):
    """The commands together. Any error ends in one French sentence and a meaningful code."""

    command_class = Commande

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["params"] = [*(kwargs.get("params") or []), *_options()]
        super().__init__(*args, **({"epilog": CODES} | kwargs))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what the machine refuses into a refusal of ours."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as arret:
            click.echo(" ".join(["\nInterrompu.", *getattr(arret, "__notes__", ())]), err=True)
            ctx.exit(INTERROMPU)
        except MemoryError as erreur:
            raise ErreurCarte("La mémoire manque : fermez d'autres programmes, puis relancez.") from erreur
        except ModuleNotFoundError as erreur:
            if (erreur.name or "carte").partition(".")[0] == "carte":
                raise
            raise ErreurCarte(f"Il manque la bibliothèque {erreur.name} : lancez « make installer ».") from erreur
        except OSError as erreur:
            if erreur.errno == errno.EPIPE or not (erreur.filename and connue(erreur)):
                raise
            journal.debug("Refus du système", exc_info=erreur)
            raise ErreurCarte(f"{erreur.filename} : {cause(erreur)}.") from erreur

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """What click does, and never a stack on the screen unless it is asked for."""
        try:
            return super().main(*args, **kwargs)
        except Exception as erreur:  # noqa: BLE001 - the last resort: told in one sentence, kept whole in a file
            from carte.imprevu import noter

            click.echo(f"Erreur : {noter(erreur)}", err=True)
            sys.exit(IMPREVU)
