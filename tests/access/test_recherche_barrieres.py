"""With barriers, winding roads and stops anywhere in their commune, the sparse search finds what all pairs give."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from carte.access import Barrieres, Communes, Hypotheses, Lieux, Mode, Paires, Trajets, estimer, estimer_paires, planes
from carte.access.paires import cles, mesurer
from hasard import exemples

N, M = 12, 9
SEUILS = {Mode.VOITURE: 20.0, Mode.VELO: 20.0, Mode.PIED: 20.0}
TRAVERSEE = st.sampled_from([float("nan"), float("inf"), 0.0, 5.0, 30.0])


@st.composite
def mondes(tirer: st.DrawFn) -> tuple[Communes, Lieux]:
    alea = np.random.default_rng(tirer(st.integers(0, 10_000)))
    nombre = tirer(st.integers(1, 3))
    minutes = {mode: np.array(tirer(st.lists(TRAVERSEE, min_size=nombre, max_size=nombre))) for mode in Mode}
    rives = alea.integers(-1, 2, (N + 1, nombre))
    rives[-1] = tirer(st.sampled_from([-1, 0]))
    communes = Communes(
        planes(*alea.uniform(0, 60, (2, N))),
        alea.uniform(1, 40, N),
        alea.choice([25.0, 35.0, 39.0, 50.0, 55.0], N),
        alea.random(N) < 0.3,
        Barrieres(rives.astype(np.intp), minutes),
    )
    ou = alea.integers(-1, N, M)
    local = (alea.random(M) < 0.2) & (ou >= 0)
    return communes, Lieux(planes(*alea.uniform(0, 60, (2, M))), ou, local, local & (alea.random(M) < 0.5))


def tous_les_couples(communes: Communes, lieux: Lieux) -> Trajets:
    ici, la = np.divmod(np.arange(N * M), M)
    permis = ~lieux.local[la] | (lieux.commune[la] == ici)
    paires: Paires = mesurer(communes, lieux, cles(ici[permis], la[permis], lieux))
    return estimer_paires(paires, communes, lieux, Hypotheses())


@given(mondes(), st.integers(1, 2**M - 1))
@exemples(150)
def test_la_recherche_trouve_le_plus_proche_de_tous_les_couples(monde: tuple[Communes, Lieux], bits: int) -> None:
    communes, lieux = monde
    choix = np.array([bool(bits >> rang & 1) for rang in range(M)])
    trouves = estimer(communes, lieux, SEUILS, Hypotheses(), [choix])
    complets = tous_les_couples(communes, lieux)
    voiture, attendu = (t.plus_proche(Mode.VOITURE, choix) for t in (trouves, complets))
    np.testing.assert_allclose(voiture.minutes, attendu.minutes)
    for mode, seuil in SEUILS.items():
        ici, la = (t.plus_proche(mode, choix).statuts(seuil).tolist() for t in (trouves, complets))
        assert ici == la


@given(mondes())
@exemples(80)
def test_l_intervalle_contient_le_temps(monde: tuple[Communes, Lieux]) -> None:
    communes, lieux = monde
    trajets = estimer(communes, lieux, SEUILS, Hypotheses(), [np.ones(M, dtype=bool)])
    for mode in Mode:
        for temps in (trajets.temps(mode), trajets.plus_proche(mode, np.ones(M, dtype=bool))):
            assert (temps.bas <= temps.minutes).all()
            assert (temps.minutes <= temps.haut).all()
