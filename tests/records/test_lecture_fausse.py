"""What a file says and its author did not mean, or meant and is not read: each kind has a message that names it."""

from pathlib import Path

import pytest

from carte.ecrits.fichier import FAUTES_MAX
from carte.records import Gravite, bloque
from records.monde import BONNE, lire

BLOQUANT, CONSEIL = Gravite.BLOQUANT, Gravite.CONSEIL
SERVICE = "  - Aide aux démarches administratives"


def rempl(ancien: str, nouveau: str) -> str:
    assert ancien in BONNE
    return BONNE.replace(ancien, nouveau)


# name: (record, place, words of the message, severity)
NOMMEES: dict[str, tuple[str, str, str, Gravite]] = {
    # A comment that was meant as text.
    "diese": (rempl("Marché", "Marché #2"), "4:28", '"1 place du Marché #2"', CONSEIL),
    "diese-avec-espace": (rempl("Hub", "Hub  # par tél."), "5:14", "« # par tél. » n'est pas lu", CONSEIL),
    "diese-seul": (BONNE + "complement_adresse: #bâtiment B\n", "9:21", '"#bâtiment B"', CONSEIL),
    "diese-guillemets": (rempl("Hub", 'Hub "sud" #2'), "5:19", "'Hub \"sud\" #2'", CONSEIL),
    "diese-tabulation": (rempl("Hub", "Hub\t#2"), "5:13", "« #2 » n'est pas lu", CONSEIL),
    "diese-dans-une-liste": (BONNE + "autres_formations_labels:\n  - Label #4\n", "10:11", '"Label #4"', CONSEIL),
    "diese-origine": (BONNE + "provenance:\n  nom:\n    source: Site #4\n", "11:18", '"Site #4"', CONSEIL),
    "diese-telephone": (BONNE + "telephone: +33536490101 # poste 12\n", "9:25", "« presentation_detail »", CONSEIL),
    "diese-horaires": (BONNE + "horaires: Mo 09:00-12:00 #sur rdv\n", "9:26", "« horaires_detail »", CONSEIL),
    "diese-courriel": (BONNE + "courriels:\n  - a@mairie.fr # le lundi\n", "10:17", "« # le lundi » n'est", CONSEIL),
    "diese-adresse-web": (BONNE + "prise_rdv: https://a.fr/ #rdv\n", "9:26", "« #rdv » n'est pas lu", CONSEIL),
    "diese-permanence": (
        BONNE + "permanences:\n  - operateur: CAF\n    horaires: Mo 09:00-12:00 # pair\n",
        *("11:30", "« # pair » n'est pas lu", CONSEIL),
    ),
    "diese-apres-guillemet": (BONNE + "telephone: '3939' #poste 2\n", "9:19", "« #poste 2 » n'est pas lu", CONSEIL),
    "diese-apres-un-mot": (rempl(SERVICE, f"{SERVICE} #sauf CAF"), "8:40", "« #sauf CAF » n'est pas lu", CONSEIL),
    "diese-apres-crochets": (BONNE + "courriels: [a@mairie.fr] #b@c.fr\n", "9:26", "« #b@c.fr » n'est pas lu", CONSEIL),
    "diese-horaires-seul": (BONNE + "horaires: #Mo 09:00-12:00\n", "9:11", "« #Mo 09:00-12:00 » n'est", CONSEIL),
    # Two values read as one.
    "suite-element": (
        BONNE + "autres_formations_labels:\n  - Label A\n    - Label B\n",
        *("11:5", "la suite de la ligne 10, dans le même texte : « Label A - Label B »", CONSEIL),
    ),
    "suite-champ": (rempl("Marché\n", "Marché\n  telephone:+33536490101\n"), "5:3", "écrivez « telephone: »", CONSEIL),
    "suite-sans-points": (
        rempl("Marché\n", "Marché\n  complement_adresse bâtiment B\n"),
        *("5:3", "écrivez « complement_adresse: »", CONSEIL),
    ),
    # Spaces that YAML does not know.
    "insecable-apres": (rempl("commune: V", "commune:\u00a0V"), "2:9", "(U+00A0) après « : »", BLOQUANT),
    "insecable-avant": (rempl("commune: V", "commune\u00a0:\u00a0V"), "2:8", "(U+00A0) avant « : »", BLOQUANT),
    "insecable-retrait": (rempl("  - Aide", "\u00a0\u00a0- Aide"), "8:1", "(U+00A0) en tête de la ligne", BLOQUANT),
    "insecable-tiret": (rempl("- Aide", "-\u202fAide"), "8:3", "le tiret du clavier « - »", BLOQUANT),
    "insecable-avant-tiret": (rempl("  - Aide", "  \u00a0- Aide"), "8:3", "le tiret du clavier « - »", BLOQUANT),
    "insecable-permanence": (
        BONNE + "permanences:\n  - operateur: CAF\n  \u2003horaires: Mo 09:00-12:00\n",
        "11:3",
        "(U+2003) en tête de la ligne",
        BLOQUANT,
    ),
    # Lists of a word processor.
    "tiret-moyen": (rempl("- Aide", "– Aide"), "8:3", "« – » ne fait pas une liste", BLOQUANT),
    "tiret-long": (rempl("- Aide", "— Aide"), "8:3", "« — » ne fait pas une liste", BLOQUANT),
    "signe-moins": (rempl("- Aide", "− Aide"), "8:3", "« − » ne fait pas une liste", BLOQUANT),
    "puce": (rempl(SERVICE, f"{SERVICE}\n{SERVICE}").replace("- Aide", "• Aide"), "8:3", "« • » ne fait pas", BLOQUANT),
    "etoile": (rempl("- Aide", "* Aide"), "8:3", "« * » ne fait pas une liste", BLOQUANT),
    "etoile-collee": (rempl("- Aide aux démarches administratives", "*Aide"), "8:3", "« * » ne fait pas", BLOQUANT),
    "chevron": (rempl("- Aide", "> Aide"), "8:3", "« > » ne fait pas une liste", BLOQUANT),
    "plus": (rempl("- Aide", "+ Aide"), "8:3", "« + » ne fait pas une liste", BLOQUANT),
    "numeros": (rempl("- Aide", "1. Aide"), "8:3", "« 1. » ne fait pas une liste", BLOQUANT),
    "tiret-colle": (rempl("- Aide", "-Aide"), "8:3", "il faut une espace : « - Aide »", BLOQUANT),
    # Two versions in one file.
    "conflit": (
        rempl("source: Hub\n", "<<<<<<< HEAD\nsource: Hub\n=======\nsource: Moi\n>>>>>>> essai\n"),
        "5:1",
        "« <<<<<<< » est une marque de conflit de Git",
        BLOQUANT,
    ),
    "conflit-reste": (BONNE + ">>>>>>> essai\r\n", "9:1", "« >>>>>>> » est une marque", BLOQUANT),
    "conflit-milieu": (rempl("source", "=======\nsource"), "5:1", "« ======= » est une marque", BLOQUANT),
    # Letters that nobody sees, or takes for others.
    "hangul": (rempl("Hub", "H\u3164ub"), "5:10", "invisible (U+3164)", CONSEIL),
    "etiquette": (rempl("Hub", "H\U000e0041ub"), "5:10", "invisible (U+E0041)", CONSEIL),
    "inexistant": (rempl("Hub", "H\uffffub"), "5:10", "n'existe pas (U+FFFF)", BLOQUANT),
    "inexistant-arabe": (rempl("Hub", "H\ufdd0ub"), "5:10", "n'existe pas (U+FDD0)", BLOQUANT),
    "inexistant-echappe": (rempl("Hub", '"H\\uFFFEub"'), "5:9", "n'existe pas (U+FFFE)", BLOQUANT),
    "arabe-direction": (rempl("Hub", "H\u061cub"), "5:10", "sens d'écriture (U+061C)", BLOQUANT),
    "accent-perdu": (rempl("Hub", "R\ufffdseau"), "5:10", "lettre accentuée a été perdue", CONSEIL),
    "cyrillique-nom": (rempl("Médiathèque", "М\u0435diathèque"), "1:6", "« М » (U+041C)", CONSEIL),
    "cyrillique-site": (BONNE + "site_web: [https://am\u0435li.fr/]\n", "9:22", "« е » (U+0435)", CONSEIL),
    "cyrillique-entier": (BONNE + "prise_rdv: https://\u0441\u043e\u0441\u043e.fr/\n", "9:12", "U+0441", CONSEIL),
    "grec-courriel": (BONNE + "courriels: [c\u03bfntact@a.fr]\n", "9:14", "« ο » (U+03BF)", CONSEIL),
    # What another program wrote.
    "mal-copie": (rempl("Médiathèque", "MÃ©diathèque"), "1:7", "« Ã© » est une lettre accentuée", CONSEIL),
    "mal-copie-guillemet": (rempl("Hub", "lâ\u20ac\u2122Hub"), "5:10", "mal copiée", CONSEIL),
    "page-web-signe": (rempl("Hub", "L&#39;Hub"), "5:10", "« &#39; » vient d'une page web", CONSEIL),
    "page-web-accent": (rempl("Hub", "H&eacute;b"), "5:10", "« &eacute; » vient d'une page web", CONSEIL),
    "page-web-balise": (rempl("Hub", "Hub<br/>du Val"), "5:12", "« <br/> » vient d'une page web", CONSEIL),
    # A silence written as a word, a line break written in letters.
    "nc": (rempl("Médiathèque", "NC"), "1:6", "« NC » ne dit rien, et ce champ est obligatoire", CONSEIL),
    "na": (BONNE + "complement_adresse: N/A\n", "9:21", "« N/A » veut dire que l'on ne sait pas : n'écrivez", CONSEIL),
    "neant": (BONNE + "labels:\n  - {nom: EPN, numero: Néant.}\n", "10:24", "« Néant. » veut dire", CONSEIL),
    "tiret-seul": (BONNE + 'complement_adresse: "-"\n', "9:21", "« - » veut dire", CONSEIL),
    "non-renseigne": (BONNE + "tournee_a_preciser: [Non renseignée]\n", "9:22", "n'écrivez rien", CONSEIL),
    "operateur-nc": (
        BONNE + "permanences:\n  - operateur: n.c.\n    horaires: Mo 09:00-12:00\n",
        *("10:16", "« n.c. » ne dit rien", CONSEIL),
    ),
    "saut-en-lettres": (BONNE + "horaires_detail: lundi\\nmardi\n", "9:18", "« \\n » est montré tel quel", CONSEIL),
    # Addresses of a network.
    "prive-10": (BONNE + "site_web: [http://10.0.0.4/x]\n", "9:12", "« 10.0.0.4 » est une adresse privée", CONSEIL),
    "prive-192": (BONNE + "site_web: [https://192.168.1.1]\n", "9:12", "« 192.168.1.1 » est une", CONSEIL),
    "prive-hexa": (BONNE + "site_web: [http://0x7f.1/]\n", "9:12", "« 0x7f.1 » est une adresse privée", CONSEIL),
    "prive-local": (BONNE + "prise_rdv: http://rdv.local:81/\n", "9:12", "« rdv.local » est une", CONSEIL),
    "localhost": (BONNE + "prise_rdv: http://localhost:8080/\n", "9:12", "« localhost » est une", BLOQUANT),
    "prive-ipv6": (BONNE + "prise_rdv: http://[fe80::1]/\n", "9:12", "« fe80::1 » est une adresse privée", BLOQUANT),
    # Hours that say something else.
    "heures-inversees": (BONNE + "horaires: Mo 14:00-12:00\n", "9:11", "dure toute la nuit", CONSEIL),
    "sans-jour": (BONNE + "horaires: 09:00-12:00\n", "9:11", "Aucun jour n'est écrit", CONSEIL),
    "regle-effacee": (
        BONNE + "horaires: Mo-Fr 09:00-12:00; Mo 14:00-17:00\n",
        "9:11",
        "« lundi : 14 h – 17 h »",
        CONSEIL,
    ),
    "premier-lundi": (BONNE + "horaires: Mo-Fr 09:00-12:00; Mo[1] 14:00-17:00\n", "9:11", "efface ce qui", CONSEIL),
    "rdv-efface": (
        BONNE + "horaires: 'Mo,Tu 09:00-12:00; Tu 14:00-17:00 \"sur rdv\"'\n",
        "9:11",
        "« mardi : 14 h – 17 h (sur rdv) »",
        CONSEIL,
    ),
    "dates-passees": (BONNE + "horaires: Mo 09:00-12:00; 2025 Dec 20-2025 Dec 31 off\n", "9:11", "passées", CONSEIL),
    "annee-passee": (BONNE + "horaires: 2024-2025 Mo 09:00-12:00\n", "9:11", "de 2024 à 2025 » parle de", CONSEIL),
    "semaines-impaires": (BONNE + "horaires: week 01-53/2 Sa 09:00-12:00\n", "9:11", "2026 a 53 semaines", CONSEIL),
    "semaines-paires": (
        BONNE + "permanences:\n  - operateur: CAF\n    horaires: week 02-52/2 Sa 09:00-12:00\n",
        "11:15",
        "la semaine du 28 décembre",
        CONSEIL,
    ),
}


@pytest.mark.parametrize("cas", NOMMEES)
def test_each_kind_is_named_at_its_place(tmp_path: Path, cas: str) -> None:
    texte, place, mots, gravite = NOMMEES[cas]
    trouves = [p for p in lire(tmp_path, a=texte).problemes if mots in p.message]
    assert [(f"{p.ligne}:{p.colonne}", p.gravite) for p in trouves] == [(place, gravite)]


def test_a_key_with_a_space_stuck_to_it_is_named(tmp_path: Path) -> None:
    messages = [p.message for p in lire(tmp_path, a=rempl("source:", "source\u202f:")).problemes]
    assert "Une espace insécable (U+202F) touche « source » : effacez-la." in messages


@pytest.mark.parametrize(
    "texte",
    [
        pytest.param(BONNE + "presentation_detail: |\n  a # b\n  \u00a0retrait\n", id="bloc"),
        pytest.param(rempl("Hub", '"Hub #2"') + "# une note\n", id="guillemets-et-note"),
        pytest.param(rempl("2026-10-01", "2026-10-01 # vu"), id="note-pres-d-une-date"),
        pytest.param(rempl(SERVICE, f"{SERVICE} # oui") + "telephone: '3939' # tous\n", id="note-pres-d-un-mot"),
        pytest.param(rempl("source", "# note\nsource") + "autres_formations_labels: # deux\n  - x\n", id="notes"),
        pytest.param(rempl("Hub", "C# et n°4#5"), id="diese-colle"),
        pytest.param(
            BONNE + "presentation_detail: |\n  a\n#b\npresentation_resume: x\n  y - z\n  https://a\n", id="suite"
        ),
        pytest.param(rempl("Médiathèque", "L’Œuvre\u00a0– «\u202fÉté\u202f» ½ 👩‍💻 ﬁn"), id="typographie"),
        pytest.param(BONNE + "presentation_resume: Permanence en русский et ελληνικά\n", id="autres-alphabets"),
        pytest.param(BONNE + "site_web: ['https://médiathèque.example/à', 'http://91.198.174.192/']\n", id="adresses"),
        pytest.param(
            BONNE + "site_web: ['https://local.fr', 'https://www.homeland.fr/10.0.0.1']\n", id="presque-privees"
        ),
        pytest.param(
            BONNE + "horaires: Mo-Fr 09:00-18:00; Fr 09:00-17:00; Jul-Aug Mo-Fr 14:00-16:00; We off\n", id="saison"
        ),
        pytest.param(BONNE + "horaires: Mo-Fr 09:00-12:00, Mo 14:00-17:00; 2026 Dec 20-2026 Dec 31 off\n", id="ajout"),
        pytest.param(BONNE + "horaires: week 10-20/2 Sa 09:00-12:00\n", id="quelques-semaines"),
        pytest.param(BONNE + "horaires: Mo-Th 18:00-24:00; Fr,Sa 20:00-02:00; Jul-Aug Fr 20:00-23:00\n", id="soirees"),
        pytest.param(rempl("Hub", "Pôle Âge & Bien-être < 60 ans <3, câlin à Mâcon"), id="signes-ordinaires"),
    ],
)
def test_what_is_meant_so_is_left_alone(tmp_path: Path, texte: str) -> None:
    assert lire(tmp_path, a=texte).problemes == ()


@pytest.mark.parametrize("bloquants", [0, 1])
def test_the_line_of_what_is_not_shown_is_as_grave_as_what_it_hides(tmp_path: Path, bloquants: int) -> None:
    """A hundred pieces of advice never block; a blocker after them is shown first."""
    notes = "".join(f"  - L{rang} #{rang}\n" for rang in range(FAUTES_MAX + 20))
    chargement = lire(tmp_path, a=f"{BONNE}autres_formations_labels:\n{notes}" + "x: 1\n" * bloquants)
    assert bloque(chargement.problemes) is bool(bloquants)
    assert len(chargement.enregistrements) == 1 - bloquants
    assert [p.regle for p in chargement.problemes if p.gravite is BLOQUANT] == ["champ-inconnu"] * bloquants
    (reste,) = [p for p in chargement.problemes if p.regle == "trop"]
    assert (reste.gravite, reste.message) == (CONSEIL, f"Et {20 + bloquants} autres problèmes dans ce fichier.")
    assert reste.ligne == len((tmp_path / "offers/36/a.yml").read_text().splitlines()) + 1
