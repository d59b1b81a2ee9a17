"""What the sheet of one place says on paper: values only, no markup."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carte.publish.atlas import Atlas
from carte.publish.direct import donnees
from carte.publish.fermetures import annonces
from carte.publish.feuille.conseils import a_apporter, cles_a_apporter
from carte.publish.feuille.lieu import a_un_plan, adresse, appelez, telephone
from carte.publish.feuille.plan_local import Plans
from carte.publish.feuille.situation import Situation
from carte.publish.libelles import Libelles
from carte.publish.search.facettes import ANGLAIS, AUTRES_LANGUES
from carte.publish.textes import sans_bidi, url_courte
from carte.records import dires

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.records import Enregistrement
    from carte.records.modele import Lieu

# What a record says of languages → the key of its words.
LANGUES = {ANGLAIS: "anglais", AUTRES_LANGUES: "autreLangue"}
SANS_POSITION = "L’emplacement exact n’est pas connu"
SUR_LE_PLAN = " : le plan montre la commune"
SANS_ACCUEIL = "N’accueille pas de public : l’aide se fait à distance."
TOURNEE = "Ce service se déplace"
ARRETS_SUR_LE_PLAN = " : le plan montre ses arrêts"
ARRETS_INCONNUS = "Ce service se déplace, et ses arrêts ne sont pas renseignés : {} pour savoir où le rencontrer."


@dataclass(frozen=True, slots=True)
class Feuille:
    """`texte`: what the sheet says (JSON values, see `contenu`); `plan`: its map (SVG), None when nothing is known."""

    texte: dict[str, Any]
    plan: str | None


class Redacteur:
    """Writes the sheets of a picture; outlines and points are prepared once."""

    def __init__(self, picture: "Picture", atlas: Atlas, libelles: Libelles, plans: Plans | None = None) -> None:
        self._picture, self._atlas, self._libelles = picture, atlas, libelles
        self._plans, self._situation = plans or Plans(picture.territoire), Situation(picture.territoire)

    def feuille(self, enregistrement: "Enregistrement") -> Feuille:
        lieu = enregistrement.lieu
        plan = self._plan(enregistrement)
        return Feuille(self._texte(enregistrement, lieu, plan is not None), plan)

    def _texte(self, enregistrement: "Enregistrement", lieu: "Lieu", avec_plan: bool) -> dict[str, Any]:
        """Keys: nom, services, adresse (lines), telephone, situation (lines), apporter, plan, alt_plan, direct;
        `familles` and `aApporter`: keys of words in `langues`; `horairesDetail`; those of `_avant_de_venir`."""
        jour = self._picture.configuration.date_publication
        groupes = self._libelles.groupes(lieu.services)
        situation = self._lignes_situation(enregistrement, avec_plan)
        return {
            "nom": sans_bidi(lieu.nom),
            "services": [groupe.libelle for groupe in groupes],
            "adresse": adresse(lieu, jour),
            "telephone": telephone(lieu),
            "situation": [*situation, *_sans_telephone(lieu)],
            "apporter": a_apporter(self._libelles.rendues(lieu), lieu.services),
            "aApporter": cles_a_apporter(self._libelles.rendues(lieu), lieu.services),
            "familles": [groupe.famille for groupe in groupes],
            "horairesDetail": sans_bidi(lieu.horaires_detail or ""),
            **self._avant_de_venir(lieu),
            "plan": avec_plan,
            "alt_plan": f"Plan des communes autour de {sans_bidi(lieu.commune)}. {' '.join(situation)}".strip(),
            "direct": donnees(enregistrement, self._atlas, jour),
        }

    def _avant_de_venir(self, lieu: "Lieu") -> dict[str, Any]:
        """What one asks before going: `prix` and `acces` as [state of `dires.Etat`, what the record says in French],
        `langues` (keys), `jour` (ISO, of the last update or check) and `verifiee`."""
        acces = lieu.accessibilite
        fauteuil = dires.dit(acces.fauteuil if acces else None)
        return {
            "prix": [dires.gratuit(lieu), ", ".join(self._libelles.liste("frais", dires.frais_precis(lieu)))],
            "acces": [fauteuil, sans_bidi(acces.detail or "") if acces else ""],
            "langues": [cle for charge, cle in LANGUES.items() if charge in (lieu.prise_en_charge_specifique or ())],
            "jour": dires.a_jour_le(lieu).isoformat(),
            "verifiee": dires.verifiee(lieu),
        }

    def _lignes_situation(self, enregistrement: "Enregistrement", avec_plan: bool) -> list[str]:
        """Where it is, in words: they speak of a map only when there is one."""
        lieu, jour = enregistrement.lieu, self._picture.configuration.date_publication
        if dires.ferme_pour_toujours(lieu, jour):
            return [f"{annonce.texte}." for annonce in annonces(lieu, jour)[-1:]]
        if dires.accueille_public(lieu) is dires.Etat.NON:
            return [SANS_ACCUEIL]
        if dires.mobile_seulement(lieu):
            tournee = f"{TOURNEE}{ARRETS_SUR_LE_PLAN if avec_plan else ''}."
            return [tournee if lieu.tournee else ARRETS_INCONNUS.format(appelez(lieu))]
        if lieu.latitude is None or lieu.longitude is None:
            return [f"{SANS_POSITION}{SUR_LE_PLAN if avec_plan else ''}."]
        commune = self._atlas.commune(lieu)
        return self._situation.lignes(lieu.latitude, lieu.longitude, commune.code if commune else None)

    def _plan(self, enregistrement: "Enregistrement") -> str | None:
        lieu = enregistrement.lieu
        if not a_un_plan(lieu, self._atlas.commune(lieu)):
            return None
        poses = (lieu.tournee or []) if dires.mobile_seulement(lieu) else [lieu]
        communes = [self._atlas.commune(pose) for pose in poses]
        positions = [ou for pose in poses if (ou := dires.position(pose)) is not None]
        return self._plans.dessiner(positions, [commune.code for commune in communes if commune])


def _sans_telephone(lieu: "Lieu") -> list[str]:
    """How else to reach a place whose number is not known: where to write, else its site; paper has no link."""
    if telephone(lieu):
        return []
    if lieu.courriels:
        return [f"Courriel : {sans_bidi(lieu.courriels[0])}"]
    return [f"Site : {sans_bidi(url_courte(lieu.site_web[0]))}"] if lieu.site_web else []
