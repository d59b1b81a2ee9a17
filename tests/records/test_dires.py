"""What a record says: each rule that had several copies, and the one answer. See docs/une-regle-une-reponse.md."""

from datetime import date
from typing import Any

import pytest

from carte.records import dires
from carte.records.dires import Etat, Nature
from carte.records.modele import Lieu
from records.monde import JOUR, vocabulaires

OUI, NON, NON_DIT = Etat.OUI, Etat.NON, Etat.NON_DIT
SANS_PUBLIC = "Ce lieu n'accueille pas de public"


def lieu(**champs: Any) -> Lieu:
    defauts = {"nom": "Médiathèque", "commune": "Valbourg", "source": "hub", "date_maj": "2026-10-01"}
    return Lieu.model_validate(defauts | {"services": ["Aide aux démarches administratives"]} | champs)


def fermeture(du: str, au: str, motif: str | None = None) -> dict[str, Any]:
    return {"du": du, "au": au, "motif": motif}


ARRET = {"commune": "Val", "frequence": "hebdomadaire"}


@pytest.mark.parametrize(
    ("modalites", "formats", "sans_rdv", "public"),
    [
        (None, None, NON_DIT, NON_DIT),
        ([], None, NON_DIT, NON_DIT),
        (["Se présenter"], None, OUI, OUI),
        (["Téléphoner"], None, NON, OUI),
        # « Permanence libre, joignable par téléphone »: yes in the search, no in O5.
        (["Téléphoner"], ["permanence libre"], OUI, OUI),
        (None, ["permanence libre"], OUI, OUI),
        (None, ["rendez-vous individuel"], NON_DIT, NON_DIT),
        (None, ["à distance"], NON_DIT, NON_DIT),
        ([SANS_PUBLIC], None, NON, NON),
        # Help by telephone at any time is no place to walk into: yes in the search, no in O5.
        ([SANS_PUBLIC, "Téléphoner"], ["permanence libre"], NON, NON),
        (["Se présenter", SANS_PUBLIC], None, NON, NON),
    ],
)
def test_venir(modalites: list[str] | None, formats: list[str] | None, sans_rdv: Etat, public: Etat) -> None:
    dit = lieu(modalites_acces=modalites, formats=formats)
    assert (dires.sans_rdv(dit), dires.accueille_public(dit)) == (sans_rdv, public)


@pytest.mark.parametrize(
    ("frais", "attendu"),
    [
        (None, NON_DIT),
        ([], NON_DIT),
        (["Gratuit"], OUI),
        (["Payant"], NON),
        (["Gratuit sous condition"], NON),
        # Free in the search, not in the lists.
        (["Gratuit", "Payant"], NON_DIT),
        (["Gratuit", "Gratuit sous condition"], NON_DIT),
        (["Gratuit sous condition", "Payant"], NON),
    ],
)
def test_gratuit(frais: list[str] | None, attendu: Etat) -> None:
    assert dires.gratuit(lieu(frais_a_charge=frais)) is attendu


@pytest.mark.parametrize(
    ("itinerance", "tournee", "itinerant", "mobile", "points"),
    [
        (None, None, NON_DIT, False, [(0, False)]),
        (["Fixe"], None, NON, False, [(0, False)]),
        # Serves its own commune only in the report; the sheet and the fiche gave the way to its garage.
        (["Itinérant"], None, OUI, True, [(0, True)]),
        (["Itinérant", "Fixe"], None, OUI, False, [(0, False)]),
        (None, [ARRET], OUI, True, [(1, True)]),
        (["Fixe"], [ARRET], OUI, False, [(0, False), (1, True)]),
        (["Itinérant"], [ARRET, ARRET], OUI, True, [(1, True), (2, True)]),
    ],
)
def test_se_deplacer(
    itinerance: list[str] | None, tournee: list[Any] | None, itinerant: Etat, mobile: bool, points: list[Any]
) -> None:
    dit = lieu(itinerance=itinerance, tournee=tournee)
    assert (dires.itinerant(dit), dires.mobile_seulement(dit)) == (itinerant, mobile)
    assert [(r.rang, r.locale) for r in dires.rencontres(dit)] == points
    assert dires.recoit_a_son_adresse(dit, JOUR) is not mobile


def test_nobody_is_sent_to_a_place_that_receives_nobody() -> None:
    assert not dires.recoit_a_son_adresse(lieu(modalites_acces=[SANS_PUBLIC]), JOUR)
    assert not dires.recoit_a_son_adresse(lieu(date_fermeture=JOUR), JOUR)


@pytest.mark.parametrize(
    ("services", "attendu"),
    [
        (["Aide aux démarches administratives"], (OUI, NON_DIT, NON_DIT)),
        (["Accès internet et matériel informatique"], (NON_DIT, NON_DIT, OUI)),
        (["Loisirs et créations numériques", "Aide aux démarches administratives"], (OUI, OUI, NON_DIT)),
    ],
)
def test_familles(services: list[str], attendu: tuple[Etat, ...]) -> None:
    dites = dires.familles(lieu(services=services), vocabulaires()["services"])
    assert dites == dict(zip(("demarches", "formation", "equipement"), attendu, strict=True))


@pytest.mark.parametrize(
    ("maj", "verifie", "a_jour", "frais"),
    [
        ("2026-10-01", None, "2026-10-01", True),
        # Fresh on its fiche, stale in O8.
        ("2024-03-12", "2026-10-01", "2026-10-01", True),
        ("2026-10-01", "2024-03-12", "2026-10-01", True),
        ("2024-03-12", None, "2024-03-12", False),
        ("2025-11-03", None, "2025-11-03", True),
        # 365 days exactly: fresh on the fiche and in the search, stale in O8.
        ("2025-11-02", None, "2025-11-02", False),
        ("2026-11-20", None, "2026-11-20", True),
    ],
)
def test_frais(maj: str, verifie: str | None, a_jour: str, frais: bool) -> None:
    dit = lieu(date_maj=maj, verifie_le=verifie)
    assert dires.a_jour_le(dit) == date.fromisoformat(a_jour)
    assert dires.frais(dit, JOUR, 365) is frais
    assert frais is (dires.age_jours(dit, JOUR) < 365)


@pytest.mark.parametrize("jours", [1, 365.5, 1e9, float("inf")])
def test_the_last_fresh_day_agrees_with_the_age(jours: float) -> None:
    dit = lieu(date_maj="2026-10-01")
    dernier = dires.frais_jusqu_au(dit, jours)
    assert dires.age_jours(dit, dernier) < jours
    if dernier < date.max:
        assert dires.age_jours(dit, date.fromordinal(dernier.toordinal() + 1)) >= jours


@pytest.mark.parametrize(
    ("champs", "nature", "jours"),
    [
        ({}, None, 0),
        ({"fermetures": [fermeture("2026-11-02", "2026-11-02")]}, Nature.TEMPORAIRE, 1),
        ({"fermetures": [fermeture("2026-11-03", "2028-11-02")]}, None, 0),
        ({"fermetures": [fermeture("2024-11-03", "2026-11-01")]}, None, 0),
        ({"fermetures": [fermeture("2026-01-01", "2027-12-31")]}, Nature.TEMPORAIRE, 730),
        # Two closures in a row are one.
        (
            {"fermetures": [fermeture("2026-10-01", "2026-11-30"), fermeture("2026-12-01", "2026-12-31")]},
            Nature.TEMPORAIRE,
            92,
        ),
        ({"fermetures": [fermeture("2026-10-01", "2199-12-31")] * 2}, Nature.TEMPORAIRE, 63279),
        ({"date_fermeture": "2026-11-02"}, Nature.DEFINITIVE, float("inf")),
        ({"date_fermeture": "2026-11-03"}, None, 0),
        (
            {"fermetures": [fermeture("2026-11-01", "2026-11-30")], "date_fermeture": "2026-12-01"},
            Nature.DEFINITIVE,
            float("inf"),
        ),
        ({"date_ouverture": "2026-11-03"}, Nature.AVANT_OUVERTURE, float("inf")),
        ({"date_ouverture": "2026-11-02"}, None, 0),
    ],
)
def test_ferme_ce_jour(champs: dict[str, Any], nature: Nature | None, jours: float) -> None:
    trouvee = dires.fermeture_du_jour(lieu(**champs), JOUR)
    assert (trouvee.nature if trouvee else None, trouvee.jours if trouvee else 0) == (nature, jours)


def test_only_closures_that_are_not_over_are_said() -> None:
    dit = lieu(
        fermetures=[fermeture("2026-01-01", "2026-01-31"), fermeture("2026-11-01", "2026-11-02", "travaux")],
        date_ouverture="2027-01-01",
        date_fermeture="2028-01-01",
    )
    natures = [(p.nature, p.motif) for p in dires.fermetures(dit, JOUR)]
    assert natures == [(Nature.AVANT_OUVERTURE, None), (Nature.TEMPORAIRE, "travaux"), (Nature.DEFINITIVE, None)]


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({}, None),
        ({"date_ouverture": "2019-01-01"}, "2019-01-01"),
        ({"fermetures": [fermeture("2026-01-01", "2026-06-30")]}, "2026-07-01"),
        ({"date_ouverture": "2019-01-01", "fermetures": [fermeture("2026-01-01", "2026-06-30")]}, "2026-07-01"),
        ({"fermetures": [fermeture("2026-07-01", "2026-08-31")]}, None),
        ({"fermetures": [fermeture("2026-10-01", "2027-06-30")]}, None),
    ],
    ids=["rien", "ouverture", "réouverture", "la plus récente", "fermeture d'été", "encore fermé"],
)
def test_ouvert_depuis(champs: dict[str, Any], attendu: str | None) -> None:
    jour = dires.ouvert_depuis(lieu(**champs), JOUR, 90)
    assert jour == (date.fromisoformat(attendu) if attendu else None)


@pytest.mark.parametrize(
    ("depuis", "jusqua", "classe"),
    [
        (None, None, "en_cours"),
        ("2026-11-02", "2026-11-02", "en_cours"),
        ("2020-01-01", "2026-11-01", "finis"),
        # Listed as a network by the search, by neither the report nor the fiche.
        ("2026-11-03", None, None),
    ],
)
def test_labels(depuis: str | None, jusqua: str | None, classe: str | None) -> None:
    dits = dires.labels(
        lieu(labels=[{"nom": "EPN", "depuis": depuis, "jusqua": jusqua}]), JOUR, vocabulaires()["labels"]
    )
    assert {nom for nom in ("en_cours", "finis") if getattr(dits, nom)} == ({classe} if classe else set())


def test_pass_numerique() -> None:
    assert dires.accepte_le_pass(lieu()) is NON_DIT
    for accepte, attendu in ((True, OUI), (False, NON)):
        dit = lieu(pass_numerique={"accepte": accepte, "verifie_le": "2026-01-01"})
        assert dires.accepte_le_pass(dit) is attendu


_FORMATION = [
    "Maîtrise des outils numériques du quotidien",
    "Insertion professionnelle via le numérique",
    "Utilisation sécurisée du numérique",
    "Parentalité et éducation avec le numérique",
    "Loisirs et créations numériques",
    "Compréhension du monde numérique",
]


@pytest.mark.parametrize(
    ("champs", "formation", "declaree"),
    [
        ({}, NON_DIT, []),
        ({"services": _FORMATION[:1]}, OUI, []),
        ({"familles_absentes": ["formation"]}, NON, []),
        ({"services_absents": _FORMATION}, NON, []),
        # One service that nobody speaks of is enough for the family not to be said.
        ({"services_absents": _FORMATION[1:]}, NON_DIT, []),
        ({"familles_declarees": ["formation"]}, NON_DIT, ["formation"]),
        ({"services": _FORMATION[:1], "familles_declarees": ["formation"]}, OUI, []),
    ],
)
def test_une_famille_a_trois_etats(champs: dict[str, Any], formation: Etat, declaree: list[str]) -> None:
    dit, services = lieu(**champs), vocabulaires()["services"]
    assert dires.familles(dit, services)["formation"] is formation
    assert dires.declarees(dit, services) == declaree


def test_un_service_absent_est_un_non() -> None:
    dit = lieu(services_absents=_FORMATION[:2])
    assert dires.rend(dit, _FORMATION[:2]) is NON
    assert dires.rend(dit, _FORMATION[:3]) is NON_DIT


def test_un_reseau_qui_n_existe_plus_n_est_jamais_en_cours() -> None:
    msap = lieu(labels=[{"nom": "Maison de services au public"}, {"nom": "France services"}])
    dits = dires.labels(msap, JOUR, vocabulaires()["labels"])
    assert [label.nom for label in dits.en_cours] == ["France services"]
    assert [label.nom for label in dits.finis] == ["Maison de services au public"]


@pytest.mark.parametrize(
    ("frais", "precis"),
    [
        (None, ()),
        (["Gratuit"], ()),
        (["Payant"], ()),
        (["Gratuit sous condition"], ("Gratuit sous condition",)),
        (["Gratuit", "Payant"], ("Gratuit", "Payant")),
    ],
)
def test_le_prix_n_est_dit_qu_une_fois(frais: list[str] | None, precis: tuple[str, ...]) -> None:
    assert dires.frais_precis(lieu(frais_a_charge=frais)) == precis
