"""A cursor over the words of a text, shared by the parts of the parser."""

from typing import NoReturn

from carte.hours.errors import HorairesInvalides
from carte.hours.lexer import Mot


class Lecteur:
    """Reads words one by one; `genre` and `suivant` look at the present word and the one after."""

    __slots__ = ("_mots", "_rang", "genre", "texte")

    def __init__(self, mots: list[Mot], texte: str) -> None:
        self._mots = mots
        self._rang = 0
        self.texte = texte
        self.genre = mots[0].genre

    @property
    def mot(self) -> Mot:
        return self._mots[self._rang]

    @property
    def suivant(self) -> str:
        return self.genre_a(1)

    def genre_a(self, distance: int) -> str:
        """Kind of the word that many places ahead (`fin` beyond the end)."""
        rang = self._rang + distance
        return self._mots[rang].genre if rang < len(self._mots) else "fin"

    def prendre(self) -> Mot:
        """The present word; the cursor moves on (it stays on `fin`)."""
        mot = self._mots[self._rang]
        if self._rang + 1 < len(self._mots):
            self._rang += 1
        self.genre = self._mots[self._rang].genre
        return mot

    def passer(self, genre: str) -> bool:
        """Moves past a word of that kind when it is there."""
        if self.genre != genre:
            return False
        self.prendre()
        return True

    def attendre(self, genre: str, attendu: str) -> Mot:
        """The present word, which must be of that kind. Raises HorairesInvalides naming what was expected."""
        if self.genre != genre:
            self.refuser(attendu)
        return self.prendre()

    def nombre(self, genre: str, attendu: str) -> int:
        """The number carried by a word of that kind."""
        return int(self.attendre(genre, attendu).valeur)

    def refuser(self, attendu: str) -> NoReturn:
        debut = self.mot.debut
        lu = self.texte[debut : debut + 12].strip()
        suite = f" à la place de « {lu} »" if lu else " à la fin"
        raise HorairesInvalides(f"Il faut {attendu}{suite}.", debut)
