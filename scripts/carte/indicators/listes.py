"""The tables that are not one row per territory: what each holds, and the columns that levels gained with them.

`Indicateurs.listes[nom]`, always present, empty when there is nothing to list. `niveau` and `code` name a territory as
in `Indicateurs.tables` (`departement` and `perimetre` unless said). Texts are French; the unknown is None or NaN.
`mutualisation`, `conformite`, `presences` and `rapprochements` list the places of neighbouring
départements too: keep those of `code_departement`.

- `labels`: `niveau code label cartographies actuels actuels_fin_inconnue anciens liste apparies ambigus
  non_apparies`. One row per label; places of the map, then lines of the list (NaN when no list was given).
- `labels_liste`: one row per line of the list: `code_departement nom commune label numero statut lieu_id`, `statut`
  « apparié » (`lieu_id` says to which), « ambigu », « non apparié ».
- `mutualisation` (O9): one row per group: `code_departement code_epci commune motif lieux noms nombre reseaux
  distance_max_m`; `motif` « même adresse », « proximité » (less than `voisinage_m` apart) or « plusieurs réseaux »
  (then one place).
- `structures_par_type`: `niveau code type structures` and, for `accompagnement` then `formation`, `_oui`, `_non`,
  `_non_dit`, `_pct` (NaN when some do not say), `_pct_bas`, `_pct_haut`: the table of IGAS; `type` is a code of the
  typologies, « inconnu », or « total », where each place counts once. Percentages are whole numbers, halves rounded up.
- `besoins` (N2): the figures of the file as published, and the sums of those of communes by part of EPCI and by
  département: `niveau code nom indicateur valeur denominateur unite source millesime`.
- `deficits` (G3): `niveau code nom code_departement famille seuil statut marge_val marge_bas marge_haut loin_num
  loin_bas loin_haut loin_den`, level `epci_departement` and `epci`; `famille` « toutes » or one of FAMILLES.
- `priorites` (G4, G5): `niveau code nom code_departement statut score_val rang_min rang_max part_haut essais raison`
  and, for each criterion, `critere_<nom>` (a share between 0 and 1) and `z_<nom>`. The same figures by territory are
  the columns `G4_score_val`, `G5_rang_min`, `G5_rang_max`, `G5_part_haut_val`, `G5_statut` of `epci` (rank within the
  perimeter) and `epci_departement` (rank within the département). `statut`: « prioritaire », « sensible au choix des
  poids » (sometimes at the top), « non prioritaire » (never there), « non classé » (see `raison`).
- `conformite`: one row per place that says it belongs to a network: `lieu_id nom code_departement reseau` (« EPN » or
  « France services ») and one column per criterion, « oui », « non » or « inconnu »: `epn_postes epn_initiation
  epn_animateur fs_24h fs_5jours` (None for the criteria of the other network).
- `cuivre`: `code_departement fermeture communes locaux sans_fibre sans_fibre_inconnu`, one row per planned date.
- `quartiers` (QPV): one row per quarter: `code_departement code nom commune population lieux lieux_incertains pied_val
  pied_bas pied_haut pied_statut`; `pied_statut` « sûr », « incertain », « non » or « inconnu »: a place within the
  walking threshold. Their people are apart: they are part of their communes' too.
- `equipements`: `niveau code communes mairies france_services poste banques communes_appui communes_appui_noms
  millesime`, levels `epci_departement`, `departement` and `perimetre`.
- `a_completer`: the records whose answer would settle who has a family within reach, the most useful first: `niveau
  code famille lieu_id nom commune code_departement habitants_si_oui habitants_si_non statut`, levels `departement`,
  `epci_departement` and `perimetre`; `statut` is that of G3 for the territory.
- `presences`: one row per point in service, network and nature: `code_departement code_epci code_insee commune lieu_id
  nom reseau operateur nature horaires heures_hebdo deja_comptees`. `operateur` (bool): an operator, else a label or a
  programme; `nature`: see `reseaux`; `horaires` of a permanence; `heures_hebdo` (NaN unknown) a week of the place or of
  the permanence; `deja_comptees` (bool): a permanence that the network keeps in a place of its own.
- `rapprochements`: two networks of one commune, one an operator's, that no place nor group of `mutualisation` brings
  together, and their two nearest places: `code_departement code_epci code_insee commune reseau_a reseau_b lieu_a
  nom_a lieu_b nom_b distance_m lieux_a lieux_b`; `distance_m` is NaN when no two of their places are precisely known;
  `lieux_a`, `lieux_b`: how many places each has.
- `sources`: `niveau code source fiches date_maj_min date_maj_max`; source « toutes » sums them up.

Columns that levels have (see `model` for suffixes)
---------------------------------------------------
- O6: shares `O6_actuels` (of the places mapped: a label in force; `_haut` counts those that say nothing of labels),
  `O6_anciens` (all their labels have ended); at `departement`, `region`, `perimetre` also `O6_liste` (lines of the list
  found on the map / lines), `O6_cartes` (places of the map found in the list / places), counts `O6_apparies`,
  `O6_ambigus`, `O6_non_apparies`.
- O7 (`departement`, `region`, `perimetre`): measures `O7_estimation`, `O7_completude` (between 0 and 1), `O7_statut`
  « calculé » or « non évalué », counts `O7_communs`, `O7_liste_lieux`.
- O9: share `O9_mutualises` of the places; count `O9_groupes` (all levels but communes).
- A3: share `A3_tc` (public transport is possible; never sure). A5: share `A5` of the persons without a car, in persons.
- N1: share `N1` (persons at risk / persons of known age).
- CUIVRE: shares of premises `CUIVRE_planifie`, `CUIVRE_ferme` (of premises of known status), `CUIVRE_incomplet`
  (without fibre, of the premises whose closure is planned); `CUIVRE_prochaine` (ISO date of the next planned closure
  where fibre is incomplete or unknown, or None); counts `CUIVRE_communes_planifiees`, `_fermees`, `_non_planifiees`,
  `_inconnues`.
- CONF: shares of the places of the network: `CONF_epn_postes`, `CONF_epn_initiation`, `CONF_epn_animateur`,
  `CONF_fs_24h`, `CONF_fs_5jours`, `CONF_fs` (both).
- G3 (`departement`, `region`, `perimetre`): counts of EPCI `G3_<T>[_<famille>]_epci_deficit`, `_epci_incertain`,
  `_epci_non`, `_epci_inconnu`: parts within the département, or whole EPCI for the region and the perimeter.
- G7 (`epci`, `epci_departement`), on A2_voiture_<T>, A6_voiture_<T>, A8_<T>, G1_<T> at the main threshold:
  `G7_<base>_groupe` « favorable », « proche », « défavorable », « non classé », « inconnu »; `G7_<base>_rang_min`,
  `_rang_max` (ranks that the intervals allow), NaN when not ranked.
- G8 (`epci`, `epci_departement`, `departement`), on A2, A6 and G1: `G8_<base>_<ref>_points_val|bas|haut` (gap in
  points) and `G8_<base>_<ref>_rapport_val`, `ref` `departement`, `perimetre`, `densite` (communes of the same density
  class in the region; NaN when density is unknown, `G8_densite_statut` says so).
- G10 (`departement`, `region`, `perimetre`, `epci`): measure `G10_ecart` (minutes, P90 - P10), share
  `G10_concentration_<T>` (people of G1 who live in the tenth of the communes that have most of them).
"""

from typing import Final

LISTES: Final = (
    "labels",
    "labels_liste",
    "mutualisation",
    "structures_par_type",
    "besoins",
    "deficits",
    "priorites",
    "conformite",
    "cuivre",
    "sources",
    "quartiers",
    "equipements",
    "a_completer",
    "presences",
    "rapprochements",
)
