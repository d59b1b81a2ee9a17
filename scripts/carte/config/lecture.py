"""Reading a deployment's configuration, or saying everything that is wrong with it at once."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import create_model

from carte.choix import Seuils
from carte.config.depot import forge_de_l_adresse
from carte.config.ecrit import TOUT, ConfigurationEcrite, PublicationEcrite, RevisionEcrite
from carte.config.federation import Voisin, fautes_des_hubs, hub_de
from carte.config.modele import Configuration, Dossiers, Hebergement, Options, Priorite, Revision
from carte.ecrits.faute import Faute
from carte.ecrits.fichier import Ecrit, EcritInvalide, lire_ecrit, lire_texte
from carte.ecrits.formes import DEPARTEMENT, FICTIFS
from carte.ecrits.modele import Partie
from carte.ecrits.problem import Gravite, Problem

_OBLIGATOIRES = tuple(nom for nom, champ in ConfigurationEcrite.model_fields.items() if champ.is_required())
_PRECEDENTE = "publication_precedente"


class ConfigurationInvalide(EcritInvalide):
    """The configuration cannot be used; the message says what is wrong where, and what would be right."""


def lire(fichier: Path, racine: Path) -> Configuration:
    """Read a deployment's configuration; relative folders start at `racine`, the project's root.

    Raises ConfigurationInvalide with every fault, `fichier:ligne:colonne: message`.
    """
    if not fichier.exists():
        raise ConfigurationInvalide(f"Le fichier de configuration {fichier} n'existe pas.")
    chemin = _depuis_la_racine(fichier, racine)
    ecrit = lire_ecrit(fichier, chemin or str(fichier), _OBLIGATOIRES, liens=True)
    precedente = _precedente(ecrit, racine, chemin)
    ecrite = ecrit.conformer(ConfigurationEcrite, ecrit.donnees, nombres=Gravite.BLOQUANT)
    ecrit.fautes += _demonstration(ecrit.donnees or {})
    if ecrite is not None:
        ecrit.fautes += [*_relecteurs(ecrite), *fautes_des_hubs(ecrite.federation, ecrite.departements)]
    if ecrite is None or ecrit.bloque:
        raise ConfigurationInvalide("Configuration à corriger :", ecrit.problemes())
    return _configuration(ecrite, racine, precedente)


def conseils(fichier: Path, racine: Path) -> list[Problem]:
    """What a configuration that can be read may say other than its author meant. No fault is told again."""
    ecrit = lire_ecrit(fichier, _depuis_la_racine(fichier, racine) or str(fichier), _OBLIGATOIRES, liens=True)
    return ecrit.conseils(ConfigurationEcrite)


def ligne(champ: str, valeur: str) -> str:
    """The line of a configuration that gives a text to a field, whatever the text holds."""
    texte = yaml.safe_dump(valeur, default_style='"', allow_unicode=True, width=10**6)
    return f"{champ}: {texte.rstrip()}\n"


def avis(champ: str, valeur: str) -> list[str]:
    """What is wrong with the text of one field, by the very rules of the whole file; French, empty when it is fine."""
    ecrit = lire_texte(ligne(champ, valeur).encode(), champ)
    info = ConfigurationEcrite.model_fields[champ]
    modele = create_model("Champ", __base__=Partie, **{champ: (info.annotation, info)})  # type: ignore[call-overload]
    ecrit.conformer(modele, ecrit.donnees, nombres=Gravite.BLOQUANT)
    return [probleme.message for probleme in ecrit.problemes()]


def _configuration(ecrite: ConfigurationEcrite, racine: Path, precedente: Path | Revision | None) -> Configuration:
    dossiers = {cle: _reel(racine / chemin) for cle, chemin in ecrite.dossiers.model_dump().items() if chemin}
    lieux, depot = dossiers["lieux"], _reel(racine)
    return Configuration(
        nom=ecrite.nom,
        hub=ecrite.hub,
        courriel=ecrite.courriel,
        url=ecrite.url.rstrip("/") + "/",
        departements=ecrite.departements,
        date_publication=ecrite.date_publication,
        dossiers=Dossiers(**dossiers),
        depot=ecrite.depot,
        forge=ecrite.forge,
        branche=ecrite.branche,
        relecteurs=ecrite.relecteurs,
        lieux_du_depot=lieux.relative_to(depot).as_posix() if lieux.is_relative_to(depot) else None,
        demonstration=ecrite.demonstration,
        seuils=Seuils(**ecrite.seuils.model_dump()),
        options=Options(**ecrite.options.model_dump()),
        hebergement=Hebergement(**ecrite.hebergement.model_dump()),
        # A criterion that is not named is not asked for: it is no weight of zero by default.
        priorite=Priorite(
            ecrite.priorite.poids.model_dump(exclude_unset=True),
            ecrite.priorite.normalisation,
        ),
        federation=tuple(hub_de(hub, racine) for hub in ecrite.federation),
        voisins=tuple(Voisin(voisin.nom, voisin.adresse) for voisin in ecrite.voisins),
        publication_precedente=precedente,
    )


def _demonstration(donnees: Mapping[str, Any]) -> list[Faute]:
    """A real territory said to be fictional: whoever copied the demonstration's file forgot the line that says so."""
    ecrits = donnees.get("departements")
    codes = [code for code in ecrits if isinstance(code, str)] if isinstance(ecrits, list) else []
    reels = [code for code in codes if DEPARTEMENT.match(code) and code not in FICTIFS]
    if donnees.get("demonstration") is not True or not reels:
        return []
    qui = f"le département {reels[0]} est réel" if len(reels) == 1 else f"{', '.join(reels)} sont réels"
    message = f"« demonstration: true » annonce des lieux fictifs, mais {qui} : écrivez « demonstration: false »."
    return [Faute(("demonstration",), message, "demonstration")]


def _relecteurs(ecrite: ConfigurationEcrite) -> list[Faute]:
    """Reviewers of a département that the site has not; accounts that the forge cannot name."""
    fautes = [
        Faute(
            ("relecteurs", code),
            f"Le département {code} n'est pas dans « departements » : personne n'y relirait rien.",
            "relecteurs",
        )
        for code in ecrite.relecteurs
        if code not in (TOUT, *ecrite.departements)
    ]
    sous_groupes = (ecrite.forge or forge_de_l_adresse(ecrite.depot or "")) == "gitlab"
    for code, comptes in ecrite.relecteurs.items():
        fautes += [
            Faute(
                ("relecteurs", code, rang),
                f"« {compte} » : seul GitLab a des groupes dans des groupes ; attendu @compte ou @organisation/équipe.",
                "relecteurs",
            )
            for rang, compte in enumerate(comptes)
            if compte.count("/") > 1 and not sous_groupes
        ]
    return fautes


def _reel(chemin: Path) -> Path:
    """The path without links nor dots; one whose links run in a circle is told when it is opened, not here."""
    return Path(os.path.realpath(chemin))


def _precedente(ecrit: Ecrit, racine: Path, chemin: str | None) -> Path | Revision | None:
    """A folder, or `revision: …` with the file's path then when it has moved since; None when nothing is written.

    Faults are left in `ecrit`.
    """
    valeur: Any = (ecrit.donnees or {}).get(_PRECEDENTE)
    if valeur is None:
        return None
    if not isinstance(valeur, dict):
        dossier = ecrit.conformer(PublicationEcrite, {_PRECEDENTE: valeur}, nombres=Gravite.BLOQUANT)
        return _reel(racine / dossier.publication_precedente) if dossier else None
    # Where the file is today is where it was, unless it says otherwise.
    complet = {**({"configuration": chemin} if chemin is not None else {}), **valeur}
    revision = ecrit.conformer(RevisionEcrite, complet, (_PRECEDENTE,), nombres=Gravite.BLOQUANT)
    return Revision(revision.revision, revision.configuration, racine.resolve()) if revision else None


def _depuis_la_racine(fichier: Path, racine: Path) -> str | None:
    """Path of the configuration from the root; None when it is elsewhere."""
    complet, base = fichier.resolve(), racine.resolve()
    return complet.relative_to(base).as_posix() if complet.is_relative_to(base) else None
