"""Tables of the Hub-LO inventory (Centre-Val de Loire): what its columns mean in our nomenclature, and why."""

# The form ticks categories (`c_categories_espace`), tags (`c_etiquettes`) and flags (`c_epn`…) that should agree
# and often do not: the union is read. None: understood, but no typology of the standard says it for sure.
CATEGORIES: dict[str, str | None] = {
    "epn": "EPN",
    "mediatheque": "BIB",
    "msap": "MSAP",
    "coworking": "TIERS_LIEUX",  # data·inclusion names this typology "Tiers-lieux & coworking"
    "fablab": "FABLAB",
    "mairie": "MUNI",
    "club info": None,  # a computer club: only its legal form tells whether it is an association
    "promeneur du net": None,  # a national programme, not a kind of place: see DISPOSITIFS
    "pdn": None,
    "ambassadeur referent pdn": None,
    "referent": None,
    "autre": None,
    "autres": None,
    "mairie epn": "MUNI",
}
# Tags that are programmes of the standard.
DISPOSITIFS = {
    "promeneur du net": "Promeneurs du net",
    "pdn": "Promeneurs du net",
    "ambassadeur referent pdn": "Promeneurs du net",
}
# Flag column → the category it ticks.
DRAPEAUX = {
    "c_epn": "epn",
    "c_mediatheque": "mediatheque",
    "c_coworking": "coworking",
    "c_fablab": "fablab",
    "c_msap": "msap",
    "c_promeneur": "promeneur du net",
    "c_club_info": "club info",
    "c_mairie": "mairie",
}
# Categories that say nothing of the place: listed, never turned into a typology.
CATEGORIES_VAGUES = {"club info", "referent", "autre", "autres"}

AIDE = "Aide aux démarches administratives"
ACCES = "Accès internet et matériel informatique"
OUTILS = "Maîtrise des outils numériques du quotidien"
INSERTION = "Insertion professionnelle via le numérique"

# Patterns without accents, lower case. Procedures: the words of the sentence must name them; "démarches d'emploi"
# alone is about work.
MOTS_DEMARCHES = (
    r"demarches?\b(?! d'emploi)",
    r"demarches d'emploi et administratives",
    r"services publics (en ligne|dematerialises)",
    r"(soutien|aide) administrati",
)
MOTS_INSERTION = (r"\bcv\b", r"curriculum", r"lettres? de motivation", r"demarches d'emploi", r"recherches? d'emploi")
# "formation: oui" whose detail is about another audience than people short of digital skills.
MOTS_HORS_PUBLIC = (r"\btpe\b", r"\bpme\b", r"entreprises", r"benevoles", r"dirigeant", r"volontaires")
# "oui" followed by a sentence that says the opposite.
MOTS_CONTRAIRES = (r"^pas d", r"^aucun", r"^non\b")
MOTS_ATELIERS = (r"\bateliers?\b", r"en collectif", r"cours collectif")
MOTS_AUTONOMIE = (r"libre[- ]acces", r"acces libre", r"libre[- ]service", r"en autonomie")

# The whole text must be one of these: "Jeunes, étudiants, salariés…" is everybody. The standard's field means
# "tourné vers un public", as this column does.
PUBLICS: dict[str, tuple[str, ...]] = {
    "jeunes": ("Jeunes",),
    "16 25 ans": ("Jeunes",),
    "12 25 ans": ("Jeunes",),
    "jeunes 16 25 ans": ("Jeunes",),
    "jeunes 12 16 ans": ("Jeunes",),
    "seniors": ("Seniors",),
    "jeunes et familles": ("Jeunes", "Familles et/ou enfants"),
    **dict.fromkeys(
        ("tout public", "tous publics", "tous public", "tout", "grand public", "ouvert a tous publics"), ()
    ),
}

# Columns that carry nothing for a reader of the map: technical, always empty in every export seen, or deduced from
# the commune. A value other than the ones below is listed like any other.
ECARTEES: dict[str, tuple[str, ...] | None] = {
    "gid": None,  # becomes the row's identifier
    "c_gid": None,  # internal key of the producer's database, doubles gid
    "c_validation": ("0",),
    "c_siren_site": ("000000000",),
    "c_sans_etiquette": ("True",),
    **dict.fromkeys(
        (
            *("c_b_pmr", "c_b_mat_informatique", "c_b_teletravail", "c_b_sans_categorie", "c_b_epn"),
            *("c_b_mediatheque", "c_b_coworking", "c_b_fablab", "c_b_msap", "c_b_promeneur", "c_b_club_info"),
            *("c_b_mairie", "c_b_autres"),
        ),
        ("0",),  # always 0, even where the text column says yes: never filled
    ),
}
OBLIGATOIRES = ("gid", "c_nom", "c_adresse", "c_city", "c_lat_coor1", "c_long_coor1", "c__edit_datemaj")
