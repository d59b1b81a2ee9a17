"""`carte recevoir`: what people send from the form becomes the record to propose, or is refused whole."""

import os
import time
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from carte import nomenclature
from carte.cli import cli
from carte.reception.courrier import lire
from carte.reception.modele import ReceptionRefusee
from carte.reception.propositions import Lecteur, propositions
from carte.records import Contexte, Lieu, to_yaml
from depots import git
from hasard import exemples
from reception.courriels import EXPEDITEUR, FACONS, bloc, courriel, lieu_de, scelle
from sites import RACINE

FICHE = "99/mediatheque-de-valbourg"
AUTRE = "99/france-services-de-mirebois"
VOCABULAIRES = nomenclature.lire(RACINE / "offers" / "nomenclature")
JOUR = date(2026, 10, 31)


class Hub:
    """Two records of the demonstration in folders of their own, and its territory."""

    def __init__(self, dossier: Path) -> None:
        self.offres = dossier / "offers"
        (self.offres / "99").mkdir(parents=True)
        for identifiant in (FICHE, AUTRE):
            self.fichier(identifiant).write_bytes((RACINE / "offers" / f"{identifiant}.yml").read_bytes())
        self.messages = dossier / "messages"
        self.messages.mkdir()
        self.config = dossier / "carte.yml"
        origine = (RACINE / "carte.yml").read_text(encoding="utf-8")
        self.config.write_text(origine.replace("lieux: offers", f"lieux: {self.offres}"), encoding="utf-8")

    def fichier(self, identifiant: str) -> Path:
        return self.offres / f"{identifiant}.yml"

    def lieu(self, identifiant: str = FICHE) -> Lieu:
        return lieu_de(self.fichier(identifiant).read_bytes())

    def arbre(self) -> dict[str, bytes]:
        return {str(f.relative_to(self.offres)): f.read_bytes() for f in self.offres.rglob("*") if f.is_file()}

    def recoit(self, *options: str, **messages: str | bytes) -> Result:
        """Run the command on a folder with these messages only; a double underscore is the dot of their names."""
        for ancien in self.messages.iterdir():
            ancien.unlink()
        for nom, contenu in messages.items():
            octets = contenu.encode() if isinstance(contenu, str) else contenu
            (self.messages / nom.replace("__", ".")).write_bytes(octets)
        commande = ["recevoir", "--config", str(self.config), *options, str(self.messages)]
        resultat = CliRunner().invoke(cli, commande)
        assert resultat.exit_code in (0, 1), resultat.output
        assert "Jeanne" not in resultat.output
        assert EXPEDITEUR.encode() not in b"".join(self.arbre().values())
        return resultat


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path)


def neuf(lieu: Lieu, **champs: object) -> Lieu:
    rien = dict.fromkeys(
        ("pivot", "telephone", "courriels", "site_web", "provenance", "anciens_identifiants", "verifie_le")
    )
    ici = {"nom": "Espace neuf", "adresse": "3 chemin Neuf", "latitude": None, "longitude": None, "date_maj": JOUR}
    return lieu.model_copy(update={**rien, **ici, **champs})


def test_messages_become_the_records_to_propose(hub: Hub) -> None:
    """A new place, a correction, a check, each in the mail of another program; once more changes nothing."""
    avant, autre = hub.lieu(), hub.lieu(AUTRE)
    commente = hub.fichier(FICHE).read_text(encoding="utf-8").replace("telephone:", "# le standard\ntelephone:")
    hub.fichier(FICHE).write_text(commente.replace("\nsource:", "\n# merci\nsource:"), encoding="utf-8")
    apres = avant.model_copy(update={"telephone": "+33199000001", "date_fermeture": JOUR, "date_maj": JOUR})
    verifiee = autre.model_copy(update={"verifie_le": JOUR})
    nouvelle = neuf(avant)
    messages = {
        "a__eml": FACONS["page de Word"](bloc("99/espace-neuf", None, nouvelle)),
        "b__eml": FACONS["cité puis replié"](bloc(FICHE, avant, apres)),
        "c__txt": FACONS["espaces insécables"](bloc(AUTRE, autre, verifiee)),
    }
    essai = hub.recoit("--verifier", **messages)
    assert essai.exit_code == 0
    assert hub.lieu() == avant
    recu = hub.recoit(**messages)
    assert recu.exit_code == 0, recu.output
    assert "a.eml : nouvelle fiche, 99/espace-neuf" in recu.output
    assert f"  telephone : {avant.telephone} -> +33199000001" in recu.output
    assert "1 nouvelle fiche, 2 fiches corrigées." in recu.output
    assert hub.fichier("99/espace-neuf").read_text(encoding="utf-8") == to_yaml(nouvelle)
    corrige = (
        to_yaml(apres).replace("telephone:", "# le standard\ntelephone:").replace("\nsource:", "\n# merci\nsource:")
    )
    assert hub.fichier(FICHE).read_text(encoding="utf-8") == corrige
    assert hub.fichier(AUTRE).read_text(encoding="utf-8") == to_yaml(verifiee)
    fait = hub.arbre()
    encore = hub.recoit(**messages)
    assert (encore.exit_code, hub.arbre()) == (0, fait)
    assert "3 déjà reçues." in encore.output


def test_what_changed_meanwhile_is_told_and_never_lost(hub: Hub) -> None:
    vue = hub.lieu()
    autre_mot = vue.model_copy(update={"telephone": "+33199000001", "adresse": "9 rue Autre", "date_maj": JOUR})
    envoye = bloc(FICHE, vue, autre_mot)
    # Another field has changed: both stay.
    ici = vue.model_copy(update={"horaires": "We 10:00-12:00"})
    hub.fichier(FICHE).write_text(to_yaml(ici), encoding="utf-8")
    recu = hub.recoit(m__eml=FACONS["base64"](envoye))
    assert recu.exit_code == 0
    assert "  horaires : la fiche dit « lundi : fermé / mardi : fermé / mercredi : 10 h – 12 h" in recu.output
    assert hub.lieu() == autre_mot.model_copy(update={"horaires": "We 10:00-12:00"})
    # The same one has: nothing is written until somebody says.
    ici = vue.model_copy(update={"telephone": "+33199000002"})
    hub.fichier(FICHE).write_text(to_yaml(ici), encoding="utf-8")
    refus = hub.recoit(m__eml=FACONS["base64"](envoye))
    assert (refus.exit_code, hub.lieu()) == (1, ici)
    assert "telephone : la fiche dit « +33199000002 », le message « +33199000001 »" in refus.output
    assert "adresse :" not in refus.output
    assert hub.recoit("--trancher", "fiche", m__eml=FACONS["base64"](envoye)).exit_code == 0
    assert hub.lieu() == autre_mot.model_copy(update={"telephone": "+33199000002"})
    hub.fichier(FICHE).write_text(to_yaml(ici), encoding="utf-8")
    assert hub.recoit("--trancher", "message", m__eml=FACONS["base64"](envoye)).exit_code == 0
    assert hub.lieu() == autre_mot
    # Who says that all is right speaks of the record as it was.
    hub.fichier(FICHE).write_text(to_yaml(ici), encoding="utf-8")
    exact = bloc(FICHE, vue, vue.model_copy(update={"verifie_le": JOUR}))
    refus = hub.recoit(m__eml=FACONS["fluide"](exact))
    assert (refus.exit_code, hub.lieu()) == (1, ici)
    assert f"telephone : la fiche dit « +33199000002 », le message « {vue.telephone} »" in refus.output
    hub.recoit("--trancher", "fiche", m__eml=FACONS["fluide"](exact))
    assert hub.lieu() == ici  # not checked: the person did not see this number


def test_an_attached_file_is_received_too(hub: Hub) -> None:
    """It does not say what the person saw: a new place is taken, a correction asks who is right."""
    avant = hub.lieu()
    apres = avant.model_copy(update={"telephone": "+33199000001", "date_maj": JOUR})

    def joint(nom: str, lieu: Lieu) -> bytes:
        message = EmailMessage()
        message["From"] = EXPEDITEUR
        message.set_content("Voici la fiche.")
        message.add_attachment(to_yaml(lieu).encode(), maintype="application", subtype="yaml", filename=nom)
        return message.as_bytes()

    courriels = {"a__eml": joint("espace-neuf (1).yml", neuf(avant)), "b__eml": joint(f"{FICHE[3:]}.yml", apres)}
    recu = hub.recoit(**courriels)
    assert recu.exit_code == 1
    assert hub.fichier("99/espace-neuf").read_text(encoding="utf-8") == to_yaml(neuf(avant))
    assert hub.lieu() == avant
    assert "Ce message ne dit pas ce que la personne avait sous les yeux." in recu.output
    assert hub.recoit("--trancher", "message", **courriels).exit_code == 0
    assert hub.lieu() == apres
    # The file saved alone is the same; with a name that climbs, or of no record, nothing.
    hub.fichier("99/espace-neuf").unlink()
    assert hub.recoit(**{"espace-neuf__yml": to_yaml(neuf(avant))}).exit_code == 0
    assert hub.fichier("99/espace-neuf").exists()
    fait = hub.arbre()
    for nom in ("../../x.yml", "Médiathèque.yml", ".yml", "x/y\x00.yml"):
        hub.recoit(a__eml=joint(nom.replace("\x00", ""), neuf(avant, nom="Ailleurs", adresse="1 rue X")))
        assert {n: o for n, o in hub.arbre().items() if n != "99/x.yml" and n != "99/y.yml"} == fait


def test_a_name_that_is_taken(hub: Hub) -> None:
    """Another place takes another id; the same one is not written twice; what stands there is never replaced."""
    avant = hub.lieu()
    ailleurs = neuf(avant, nom="Médiathèque de Valbourg", commune="Mirebois", code_insee=hub.lieu(AUTRE).code_insee)
    recu = hub.recoit(m__eml=FACONS["tel quel"](bloc(FICHE, None, ailleurs)))
    assert recu.exit_code == 0, recu.output
    assert hub.lieu() == avant
    assert hub.lieu(f"{FICHE}-mirebois") == ailleurs
    refus = hub.recoit(
        m__eml=FACONS["tel quel"](
            bloc(
                FICHE,
                None,
                avant.model_copy(update={"provenance": None, "anciens_identifiants": None, "site_web": None}),
            )
        )
    )
    assert (refus.exit_code, hub.lieu()) == (1, avant)
    assert "Ce lieu semble déjà décrit dans offers/99/mediatheque-de-valbourg.yml" in refus.output
    # A former address leads to the record that has it.
    ancien = avant.model_copy(update={"anciens_identifiants": ["99/ancien"]})
    hub.fichier(FICHE).write_text(to_yaml(ancien), encoding="utf-8")
    change = {"telephone": "+33199000001", "date_maj": JOUR}
    envoye = bloc("99/ancien", avant, avant.model_copy(update=change))
    assert hub.recoit(m__eml=FACONS["tel quel"](envoye)).exit_code == 0
    assert hub.lieu() == ancien.model_copy(update=change)
    assert not hub.fichier("99/ancien").exists()


def _reduit(lieu: Lieu) -> str:
    return to_yaml(lieu).partition("\n")[2]


HOSTILES: dict[str, tuple[Callable[[Lieu], str | bytes], str]] = {
    "chemin": (lambda li: scelle("../../../ailleurs/x", _reduit(li), ["nouvelle"]), "ne nomme aucune fiche"),
    "chemin absolu": (lambda li: scelle("/etc/passwd", _reduit(li), ["nouvelle"]), "ne nomme aucune fiche"),
    "remonte": (lambda li: scelle("99/../98/x", _reduit(li), ["nouvelle"]), "ne nomme aucune fiche"),
    "autre territoire": (lambda li: bloc("75/x", None, neuf(li)), "n'est pas de ce site"),
    "inconnue": (lambda li: bloc("99/nulle-part", li, neuf(li)), "n'existe pas ou plus"),
    "ancre": (lambda li: scelle("99/x", _reduit(neuf(li)).replace("nom: ", "nom: &a "), ["nouvelle"]), "ancres"),
    "bombe": (
        lambda li: scelle("99/x", "nom: &a [x,x,x,x,x]\ncommune: &b [*a,*a,*a]\nsource: [*b,*b]\n", ["nouvelle"]),
        "ancres",
    ),
    "étiquette": (
        lambda li: scelle("99/x", _reduit(neuf(li)).replace("nom: ", "nom: !!python/name:os.system "), ["nouvelle"]),
        "étiquette",
    ),
    "clé double": (lambda li: scelle("99/x", _reduit(neuf(li)) + "nom: Autre\n", ["nouvelle"]), "deux fois"),
    "abysse": (lambda li: scelle("99/x", f"nom: {'[' * 20_000}\n", ["nouvelle"]), "niveaux"),
    "pas une fiche": (lambda li: scelle("99/x", "bonjour\n", ["nouvelle"]), "simple texte"),
    "mal rempli": (lambda li: bloc("99/x", None, neuf(li, code_insee="99999")), "n'est le code d'aucune commune"),
    "cache une fiche": (lambda li: bloc("99/x", None, neuf(li, doublon_de=FICHE)), "« doublon_de »"),
    "prend une adresse": (
        lambda li: bloc("99/x", None, neuf(li, anciens_identifiants=[AUTRE])),
        "« anciens_identifiants »",
    ),
    "se dit double": (lambda li: bloc(FICHE, li, li.model_copy(update={"doublon_de": AUTRE})), "« doublon_de »"),
    "abîmée": (lambda li: bloc("99/x", None, neuf(li)).replace("3 chemin", "4 chemin"), "--relu"),
    "sans marque": (lambda li: bloc("99/x", None, neuf(li)).replace("# empreinte", "# "), "--relu"),
    "coupée": (lambda li: bloc("99/x", None, neuf(li)).partition("\nsource")[0], "FIN DE LA FICHE"),
    "trop longue": (lambda li: scelle("99/x", f"nom: {'x' * 200_000}\n", ["nouvelle"]), "trop longue"),
    "trop de fiches": (lambda li: "\n".join(bloc(f"99/x-{i}", None, neuf(li)) for i in range(60)), "plus de 50"),
    "deux textes": (
        lambda li: bloc("99/x", None, neuf(li)) + "\n" + bloc("99/x", None, neuf(li, nom="Y")),
        "plusieurs textes",
    ),
    "rien": (lambda li: courriel("Bonjour, le numéro a changé.".encode()), "aucune fiche du formulaire"),
    "vide": (lambda li: b"", "aucune fiche du formulaire"),
    "de Word": (lambda li: b"\xd0\xcf\x11\xe0" + b"\x00" * 2_000, "Texte seul"),
    "page profonde": (lambda li: b"<html>" + b"<div>" * 100_000 + b"<!--" * 50_000, "aucune fiche du formulaire"),
    "en-tête énorme": (lambda li: b"From: " + b"=?utf-8?q?=41?= " * 60_000 + b"\nDate: x\n\nrien", "aucune fiche"),
    "jeu inconnu": (lambda li: courriel(b"rien", "text/plain; charset=punycode"), "aucune fiche"),
    "trop de parties": (
        lambda li: courriel(
            b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 3_000, "multipart/mixed; boundary=b"
        ),
        "aucune fiche",
    ),
}


def test_hostile_messages_are_refused_and_nothing_is_written(hub: Hub) -> None:
    """All in one folder: each has its sentence, the good one among them is received, and it takes no time."""
    avant = hub.lieu()
    arbre = hub.arbre()
    for rang, (nom, (ecrire, _)) in enumerate(HOSTILES.items()):
        octets = ecrire(avant)
        contenu = octets.encode() if isinstance(octets, str) else octets
        (hub.messages / f"{rang:02}-{nom.replace(' ', '-')}.eml").write_bytes(
            contenu if contenu[:5] in (b"From:", b"", b"\xd0\xcf\x11\xe0\x00", b"<html") else courriel(contenu)
        )
    (hub.messages / "zz.mbox").write_bytes(
        b"From - Tue\n"
        + FACONS["fluide"](bloc("99/espace-neuf", None, neuf(avant)))
        + b"\n\nFrom - Wed\nDate: x\n\nrien\n"
    )
    (hub.messages / "lien.eml").symlink_to(hub.fichier(FICHE))
    os.mkfifo(hub.messages / "tuyau.eml")
    debut = time.process_time()
    commande = ["recevoir", "--config", str(hub.config), str(hub.messages)]
    resultat = CliRunner().invoke(cli, commande)
    assert time.process_time() - debut < 60
    assert (resultat.exit_code, type(resultat.exception)) == (1, SystemExit), resultat.output
    manques = []
    lignes = resultat.output.splitlines()
    for rang, (nom, (_, phrase)) in enumerate(HOSTILES.items()):
        debuts = [i for i, ligne in enumerate(lignes) if ligne.startswith(f"{rang:02}-")]
        dites = [
            ligne
            for i in debuts
            for ligne in lignes[i : i + 1] + [x for x in lignes[i + 1 : i + 9] if x.startswith("  ")]
        ]
        if not any(phrase in ligne for ligne in dites):
            manques.append((nom, dites))
    assert manques == []
    assert hub.arbre() == {**arbre, "99/espace-neuf.yml": to_yaml(neuf(avant)).encode()}
    assert "Jeanne" not in resultat.output
    assert resultat.output.isprintable() or all(c.isprintable() or c == "\n" for c in resultat.output)


MORCEAUX = (
    *(
        b"<![foo[",
        b"<!DOCTYPE",
        b"&#x110000;",
        b'charset="\x00"',
        b"filename*0*=utf-8''%zz;",
        b"=?x?q?",
        b"\n\n",
        b"\xff",
    ),
    *(
        b"Content-Transfer-Encoding: uuencode\n",
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"message/rfc822",
        b"\x00",
    ),
    *(b"DEBUT DE LA FICHE", b"FIN DE LA FICHE", b"# empreinte", b"From - x\n", b"filename=x.yml;", b"-----"),
)


@exemples(60)
@given(
    st.sampled_from(sorted(FACONS)), st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(MORCEAUX)), max_size=5)
)
def test_a_broken_mail_is_a_mail_or_a_refusal(nom: str, coups: list[tuple[int, bytes]]) -> None:
    """Nothing else is raised, and no record that was changed is taken for sound."""
    lieu = lieu_de((RACINE / f"offers/{FICHE}.yml").read_bytes())
    octets = FACONS[nom](bloc("99/x", None, lieu))
    for place, morceau in coups:
        place %= len(octets)
        octets = octets[:place] + morceau + octets[place + place % 3 :]
    lecteur = Lecteur(Contexte(JOUR, VOCABULAIRES), ("99",), ())
    with TemporaryDirectory() as dossier:
        fichier = Path(dossier) / "m.eml"
        fichier.write_bytes(octets)
        for courrier in lire(fichier):
            for lue in [courrier] if isinstance(courrier, ReceptionRefusee) else propositions(courrier, lecteur):
                assert isinstance(lue, ReceptionRefusee) or lue.fiche.lieu == lieu or lue.vus is None


def test_a_person_may_take_a_damaged_record(hub: Hub) -> None:
    abime = bloc("99/x", None, neuf(hub.lieu())).replace("3 chemin", "4 chemin")
    assert hub.recoit("--relu", m__txt=abime).exit_code == 0
    assert hub.lieu("99/x") == neuf(hub.lieu(), adresse="4 chemin Neuf")


@pytest.mark.parametrize("empreintes", ["sha1", "sha256"])
def test_each_record_may_come_on_a_branch_of_its_own(hub: Hub, tmp_path: Path, avec_git: None, empreintes: str) -> None:
    """Neither the files nor the index change; nothing says who wrote; once more changes nothing."""
    git(tmp_path, "init", "-q", "-b", "main", f"--object-format={empreintes}")
    crochet = tmp_path / ".git" / "hooks" / "reference-transaction"
    crochet.parent.mkdir(exist_ok=True)
    crochet.write_text(f"#!/bin/sh\ntouch '{tmp_path}/temoin'\n", encoding="utf-8")
    git(tmp_path, "add", "offers")
    git(tmp_path, "commit", "-q", "-m", "Fiches")
    avant = hub.lieu()
    apres = avant.model_copy(update={"telephone": "+33199000001", "date_maj": JOUR})
    messages = {
        "a__eml": FACONS["base64"](bloc(FICHE, avant, apres)),
        "b__eml": FACONS["fluide"](bloc("99/x", None, neuf(avant))),
    }
    arbre = hub.arbre()
    crochet.chmod(0o755)
    recu = hub.recoit("--branche", **messages)
    assert not (tmp_path / "temoin").exists()
    crochet.unlink()
    assert recu.exit_code == 0, recu.output
    assert f"git push origin proposition/{FICHE} proposition/99/x" in recu.output
    assert (hub.arbre(), git(tmp_path, "status", "--short", "--", "offers")) == (arbre, "")
    for branche, chemin, attendu in (
        (f"proposition/{FICHE}", f"offers/{FICHE}.yml", apres),
        ("proposition/99/x", "offers/99/x.yml", neuf(avant)),
    ):
        assert git(tmp_path, "show", f"{branche}:{chemin}") == to_yaml(attendu)
        assert git(tmp_path, "diff", "--name-only", "main", branche) == f"{chemin}\n"
        assert "Personne" not in git(tmp_path, "log", "-1", "--format=%an %ae %cn %ce %B", branche)
    faites = git(tmp_path, "for-each-ref")
    assert hub.recoit("--branche", **messages).exit_code == 0
    assert git(tmp_path, "for-each-ref") == faites
    # What is not committed yet is not put in a proposal, and another text does not replace one.
    hub.fichier(FICHE).write_text(to_yaml(avant.model_copy(update={"adresse": "1 rue X"})), encoding="utf-8")
    refus = hub.recoit("--branche", **messages)
    assert (refus.exit_code, git(tmp_path, "for-each-ref")) == (1, faites)
    assert "existe déjà, et dit autre chose" in refus.output
    git(tmp_path, "branch", "-D", f"proposition/{FICHE}")
    refus = hub.recoit("--branche", **messages)
    assert "a des changements qui ne sont pas enregistrés dans Git" in refus.output


def test_nothing_is_written_through_a_link(hub: Hub, tmp_path: Path) -> None:
    """Neither a record that is a link, nor a folder that is one."""
    dehors = tmp_path / "dehors"
    dehors.mkdir()
    (dehors / "x.yml").write_text("secret", encoding="utf-8")
    hub.fichier("99/x").symlink_to(dehors / "x.yml")
    hub.recoit(m__txt=bloc("99/x", None, neuf(hub.lieu())))
    assert (dehors / "x.yml").read_text(encoding="utf-8") == "secret"
    avant = hub.lieu()
    (hub.offres / "99").rename(dehors / "99")
    (hub.offres / "99").symlink_to(dehors / "99")
    refus = hub.recoit(m__txt=bloc("99/y", None, neuf(avant)))
    assert refus.exit_code == 1
    assert not (dehors / "99" / "y.yml").exists()
