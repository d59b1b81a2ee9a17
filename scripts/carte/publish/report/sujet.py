"""What one report is about: a département, its figures, and the dates that go with them."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from carte.choix import CLASSES_DEBIT, FAMILLES
from carte.indicators import Indicateurs, Part, en_service
from carte.publish.opendata.parties import Decoupage, decoupage
from carte.publish.report import phrases
from carte.publish.report.annexe import Fichier, fichiers
from carte.publish.report.lignes import Ligne, ligne, lignes

if TYPE_CHECKING:
    from pandas import DataFrame

    from carte.choix import Seuils
    from carte.picture import Picture
    from carte.records import Enregistrement


@dataclass(frozen=True)
class Sujet:
    """One département of one picture, which may be its part alone (`tranche`): then `coupe` says what is cut of the
    open data of the whole."""

    picture: "Picture"
    code: str
    coupe: Decoupage | None = None

    @cached_property
    def ligne(self) -> Ligne:
        return ligne(self.indicateurs, "departement", self.code)

    @cached_property
    def communes(self) -> tuple[Ligne, ...]:
        return tuple(lignes(self.indicateurs, "commune", self.code))

    @cached_property
    def parts_epci(self) -> tuple[Ligne, ...]:
        """The part of each EPCI within the département, and the communes without EPCI, by name."""
        return tuple(sorted(lignes(self.indicateurs, "epci_departement", self.code), key=lambda p: p.nom))

    @cached_property
    def densites(self) -> dict[str, float]:
        """Inhabitants per km² of the département and of its parts of EPCI, where every area and population is known."""
        surfaces = self.picture.territoire.communes.set_index("code_insee")["surface_km2"]
        membres: dict[str, list[Ligne]] = {self.code: list(self.communes)}
        for commune in self.communes:
            epci = commune.cellules.get("code_epci")
            membres.setdefault(f"{epci}-{self.code}", []).append(commune)
        densites = {}
        for code, liste in membres.items():
            surface = float(surfaces.reindex([c.code for c in liste]).sum(skipna=False))
            population = sum(float(c.cellules["population"]) for c in liste)
            if surface > 0 and not math.isnan(population):
                densites[code] = population / surface
        return densites

    @cached_property
    def fichiers(self) -> dict[str, Fichier]:
        """The open-data files behind the tables; of those that are cut, this département's part."""
        return fichiers(self.coupe or decoupage(self.picture), self.code)

    @property
    def indicateurs(self) -> Indicateurs:
        return self.picture.indicateurs

    def epci(self, entiers: bool = True) -> Iterator[tuple[str, str, str, Ligne]]:
        """Name, precision, link and figures of each EPCI; one that leaves the département comes twice."""
        noms = self.indicateurs.tables["epci"]["nom"]
        for part in self.parts_epci:
            code = part.texte("code_epci")
            if code not in noms.index:
                yield "Communes sans intercommunalité", "", "", part
                continue
            entier = ligne(self.indicateurs, "epci", code)
            deborde = entier.nombre("communes") != part.nombre("communes") or bool(entier.nombre("communes_absentes"))
            yield entier.nom, "partie située dans le département" if deborde else "", f"epci/{code}/", part
            if deborde and entiers:
                yield entier.nom, _precision(entier), f"epci/{code}/", entier

    @cached_property
    def points(self) -> Any:
        """The points in service of the département (a frame), without their geometry."""
        offre = self.picture.offre
        ici = en_service(offre, self.seuils.fermeture_jours) & (offre["code_departement"] == self.code)
        return offre[ici].drop(columns="geometry")

    def points_par_lieu(self, *colonnes: str) -> dict[str, list[dict[str, Any]]]:
        """Those points, or the named columns of them, by place in the order of the offer."""
        par_lieu: dict[str, list[dict[str, Any]]] = {}
        table = self.points[["lieu_id", *colonnes]] if colonnes else self.points
        for point in table.to_dict("records"):
            par_lieu.setdefault(str(point["lieu_id"]), []).append({str(nom): v for nom, v in point.items()})
        return par_lieu

    @cached_property
    def noms_des_communes(self) -> dict[str, str]:
        """Code → name, of all the communes of the territory."""
        communes = self.picture.territoire.communes
        return dict(zip(communes["code_insee"], communes["nom"], strict=True))

    @cached_property
    def fiches(self) -> "dict[str, Enregistrement]":
        """The records, by identity."""
        return {fiche.identifiant: fiche for fiche in self.picture.enregistrements}

    def liste(self, nom: str, niveaux: Collection[str] = ("departement",)) -> list[dict[str, Any]]:
        """The rows of one of `Indicateurs.listes` that are about the département; the unknown is None.

        `niveaux` are those to keep, in the lists that have some.
        """
        table = self.indicateurs.listes[nom]
        if "niveau" in table:
            epci = {part.texte("code_epci") for part in self.parts_epci}
            codes = {self.code, *epci, *(part.code for part in self.parts_epci), *(c.code for c in self.communes)}
            table = table[table["niveau"].isin(list(niveaux)) & table["code"].isin(codes)]
        else:
            table = table[table["code_departement"] == self.code]
        return [{str(cle): _connu(v) for cle, v in rangee.items()} for rangee in table.to_dict("records")]

    def non_evalue(self, code: str) -> str:
        """Why an indicator could not be evaluated; empty when it was."""
        return self.indicateurs.non_evalues.get(code, "")

    def libelle_type(self, type_: str) -> str:
        """The label of a type of place; « inconnu » and « total » in words."""
        vocabulaire = self.picture.vocabulaires["typologies"]
        autres = {"inconnu": "Type non renseigné", "total": "Ensemble"}
        return autres.get(type_) or (vocabulaire.libelle(type_) if type_ in vocabulaire else type_)

    @property
    def seuils(self) -> "Seuils":
        return self.indicateurs.seuils

    @property
    def seuil(self) -> int:
        """The car threshold of the headlines, in minutes."""
        return self.seuils.principal

    @property
    def nom(self) -> str:
        return self.ligne.nom

    @property
    def familles(self) -> Iterator[tuple[str, str]]:
        """Families of services: key, label of the nomenclature."""
        return ((famille, self.picture.vocabulaires["familles"].libelle(famille)) for famille in FAMILLES)

    @property
    def classe_debit(self) -> str:
        """The wanted speed, as people say it."""
        return CLASSES_DEBIT[self.seuils.classe_debit]

    @property
    def debit(self) -> Part:
        return self.ligne.part(f"B1_{self.seuils.classe_debit}")

    def millesime(self, cle: str) -> str:
        """The vintage of an input as people read it."""
        return phrases.millesime(self.picture.millesimes.get(cle))

    @property
    def mention_temps(self) -> str:
        """Where travel times come from: a capitalised clause without a full stop."""
        mesures = self.picture.millesimes.get("temps")
        if mesures:
            ailleurs = phrases.ajustement(self.picture.calibration)
            return f"Temps mesurés ({mesures}) là où ils sont donnés, estimés à vol d’oiseau ailleurs{ailleurs}"
        return "Temps estimés à vol d’oiseau, non calibrés"

    @property
    def sans_fiche(self) -> bool:
        """Whether no record has a place in the département: what its offer is, nobody has looked."""
        return bool(self.points.empty)

    @cached_property
    def date_lieux(self) -> str:
        """How many records the figures know in the département, and their dates: the last update or check."""
        if self.sans_fiche:
            return f"aucune fiche au {self.millesime('lieux')} : rien ici ne dit l’offre qui existe"
        return dates_des_fiches(self.points)

    @property
    def date_population(self) -> str:
        return f"population {self.millesime('population')}"

    @property
    def date_debit(self) -> str:
        connu = self.picture.debit.millesime is not None
        return f"débit au {self.millesime('debit')}" if connu else "débit inconnu"

    @cached_property
    def nature_debit(self) -> str:
        """What the broadband figures count: wired exactly, wired between bounds, or not wired alone."""
        debit = self.picture.debit.communes.set_index("code_insee")["techno"]
        technos = {t for t in debit.reindex([c.code for c in self.communes]) if isinstance(t, str)}
        return "+".join(sorted(technos)) or "aucun"


def dates_des_fiches(points: "DataFrame") -> str:
    """How many records these points of offer come from, at least one, and their dates."""
    fiches = points.drop_duplicates("lieu_id")
    return phrases.fiches_datees(len(fiches), fiches["a_jour_le"].min(), fiches["a_jour_le"].max())


def _precision(entier: Ligne) -> str:
    absentes = entier.nombre("communes_absentes")
    manque = f", sauf {phrases.compter(absentes, 'commune')} hors des données chargées" if absentes else ""
    return f"intercommunalité entière{manque}"


def _connu(valeur: Any) -> Any:
    """A cell of a list: None when unknown, whatever pandas calls it."""
    return None if valeur is None or str(valeur) in ("nan", "NaT", "<NA>") else valeur
