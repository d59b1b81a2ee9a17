"""The block that the form writes comes out of any mail program letter for letter, or is known to be damaged."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from carte.nomenclature import lire as lire_vocabulaires
from carte.publish.formulaire.modele import modele
from carte.reception import bloc as blocs
from carte.reception.courrier import deplier, lire
from carte.reception.modele import INTERDITS, Courrier
from carte.reception.propositions import sans_entete
from carte.records import Lieu, to_yaml
from carte.records.files import TAILLE_MAX
from hasard import exemples
from publish.monde import RACINE
from publish.noeud import executer
from reception.courriels import FACONS, PLIENT, bloc, lieu_de
from records.test_write import LIEUX, texte

MODELE = modele(lire_vocabulaires(RACINE / "offers" / "nomenclature"))


def corps_du_formulaire(node: str, dossier: Path, fiches: list[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
    """What the form makes of (id, record before or None, record): its message, its file, its address."""
    (dossier / "question.json").write_text(json.dumps([MODELE, fiches]), encoding="utf-8")
    reponses: list[dict[str, Any]] = executer(
        node,
        f"""
        import {{ readFile }} from "node:fs/promises";
        import {{ changements, mailto, message, vus }} from "./formulaire/message.js";
        import {{ enYaml }} from "./formulaire/yaml.js";
        const [modele, fiches] = JSON.parse(await readFile({json.dumps(str(dossier / "question.json"))}, "utf8"));
        console.log(JSON.stringify(fiches.map(([identifiant, avant, fiche]) => {{
          const change = changements(avant ?? {{}}, fiche, modele).filter(({{ nom }}) => nom !== "date_maj");
          const yaml = enYaml(fiche, modele);
          const quoi = {{ nom: fiche.nom, identifiant, yaml, change: change.map(({{ texte }}) => texte),
            vus: vus(avant ?? {{}}, change, modele), neuve: !avant }};
          const ecrit = message(quoi);
          return {{ ...ecrit, yaml, adresse: mailto("contact@hub.example", ecrit) }};
        }})));
        """,
    )
    return reponses


def textes_de(octets: bytes, dossier: Path) -> tuple[str, ...]:
    fichier = dossier / "message.eml" if octets.startswith(b"From:") else dossier / "message.txt"
    fichier.write_bytes(octets)
    (courrier,) = lire(fichier)
    assert isinstance(courrier, Courrier)
    return courrier.textes


def justes(textes: tuple[str, ...]) -> set[tuple[str, str, tuple[str, ...]]]:
    """Id, text and what was seen, of each block that gives its mark again."""
    return {
        (trouve.identifiant, texte, trouve.dits)
        for corps in textes
        for trouve in blocs.trouver(corps)
        for texte in blocs.textes(trouve)
        if blocs.est_juste(trouve, texte)
    }


def test_any_record_comes_out_of_any_mail_program(node: str, tmp_path: Path) -> None:
    tirees: list[tuple[str, Any, Any]] = []

    @exemples(25)
    @given(LIEUX, LIEUX, st.lists(texte, min_size=15, max_size=30), st.booleans())
    def tirer(avant: Lieu, apres: Lieu, mots: list[str], neuve: bool) -> None:
        apres = apres.model_copy(update={"presentation_detail": " ".join(mots)})
        paire = [lieu.model_dump(mode="json", exclude_none=True) for lieu in (avant, apres)]
        for fiche in paire:
            fiche.get("provenance", {}).clear()  # the form never writes it, and a browser sorts its names
        tirees.append((f"99/lieu-{len(tirees)}", None if neuve else paire[0], paire[1]))

    tirer()
    dits = corps_du_formulaire(node, tmp_path, tirees)
    perdues = []
    for (identifiant, avant, fiche), dit in zip(tirees, dits, strict=True):
        lieux = [fiche and Lieu.model_validate(fiche) for fiche in (avant, fiche)]
        assert bloc(identifiant, *lieux) in dit["corps"]
        assert dit["adresse"] is None or unquote(dit["adresse"].partition("&body=")[2]) == dit["corps"].replace(
            "\n", "\r\n"
        )
        attendu = sans_entete(to_yaml(Lieu.model_validate(fiche)))
        # Of several spaces where a line is cut, all are lost: nobody can tell how many there were.
        perd = re.search(r"\S  ", attendu) is not None
        for nom, facon in FACONS.items():
            trouves = justes(textes_de(facon(dit["corps"]), tmp_path))
            assert {(i, t) for i, t, _ in trouves} <= {(identifiant, attendu)}
            if not trouves and not (perd and nom in PLIENT):
                perdues.append((nom, dit["corps"]))
            if avant is None:
                assert {vus for *_, vus in trouves} <= {("nouvelle",)}
    assert [nom for nom, _ in perdues] == [], perdues[0][1]


def test_what_the_form_does_not_ask_is_not_taken(node: str) -> None:
    code = """
    import { sections } from "./formulaire/plan.js";
    console.log(JSON.stringify(sections(%s).flatMap(([, champs]) => champs.map(({ nom }) => nom))));
    """
    demandes = executer(node, code % json.dumps([{"nom": nom} for nom in Lieu.model_fields]))
    du_formulaire = {"date_maj", "verifie_le", "services_absents", "familles_absentes", "familles_declarees"}
    assert set(Lieu.model_fields) - set(demandes) - du_formulaire == set(INTERDITS)


def test_what_a_mail_program_adds_is_taken_away() -> None:
    """Addresses written twice, words folded without a space, long dashes, lines between the lines."""
    apres = lieu_de((RACINE / "offers/99/mediatheque-de-valbourg.yml").read_bytes())
    envoye = bloc("99/x", None, apres)
    attendu = {("99/x", sans_entete(to_yaml(apres)), ("nouvelle",))}
    site, adresse = "https://mediatheque.valbourg.example/", "numerique@valbourg.example"
    cas = {
        "liens": envoye.replace(site, f"{site} <{site}>").replace(adresse, f"{adresse}<mailto:{adresse}>"),
        "mot plié": envoye.replace("mediatheque.valbourg", "mediatheque.\nvalbourg"),
        "tirets": envoye.replace("-----", "—————").replace("DE LA FICHE 99", "DE LA FICHE\n99"),
        "marge de citation": "\n".join(f"    {ligne}" for ligne in envoye.split("\n")),
        "première ligne sans chevron": "  " + envoye.replace("\n", "\n> "),
        "lettres invisibles": envoye.replace("Valbourg", "\u200bVal\xadbourg\ufeff"),
        "lignes vides": envoye.replace("\n", "\r\n\r\n"),
        "marque repliée": envoye.replace("# empreinte ", "# empreinte\n"),
    }
    assert {nom: justes((texte,)) for nom, texte in cas.items()} == dict.fromkeys(cas, attendu)
    for abime in (envoye.replace("Tisserands", "Tisserandes"), envoye.replace("DE LA FICHE 99/x", "DE LA FICHE 99/y")):
        assert justes((abime,)) == set()


def test_the_name_of_the_record_is_looked_for_near_and_its_text_has_a_length() -> None:
    """What a message quotes after an unfinished line is never taken for an id; twice a record leaves room for folds."""

    def lu(blancs: int, corps: int = 5) -> blocs.Bloc:
        (trouve,) = blocs.trouver(f"{blocs.DEBUT}{' ' * blancs}99/x--{'x' * corps}{blocs.FIN}")
        return trouve

    juste = blocs._IDENTIFIANT_MAX - len("99/x--")
    assert juste == 294
    assert lu(juste).identifiant == "99/x"
    assert (lu(juste + 1).identifiant, lu(juste + 1).defaut) == ("", blocs._SANS_NOM)
    assert lu(1, 2 * TAILLE_MAX).defaut == ""
    assert "trop longue" in lu(1, 2 * TAILLE_MAX + 1).defaut


def test_a_text_that_flows_is_laid_out_as_it_was_typed() -> None:
    """RFC 3676: a space at the end goes on; not the line that begins a signature, nor from one quotation to another."""
    assert deplier("un\r\ndeux \r\ntrois", colle=False) == "un\ndeux trois"
    assert deplier("un\ndeux \ntrois", colle=True) == "un\ndeuxtrois"
    assert deplier("> un \n> deux \ntrois", colle=False) == "> un deux \ntrois"
    assert deplier("-- \nAna", colle=False) == "-- \nAna"
    assert deplier("- \nAna", colle=False) == "- Ana"
    assert deplier("zéro \nun", colle=False) == "zéro un"
