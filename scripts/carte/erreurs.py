"""The root of the package's own errors, and the system's refusals in French."""

import errno

import click


class ErreurCarte(click.ClickException):
    """What a person can understand and mend: the command ends with this French message, never with a stack."""


DISQUE_PLEIN = frozenset({errno.ENOSPC, errno.EDQUOT})
SANS_PLACE = DISQUE_PLEIN | {errno.EFBIG}
"""No more can be written: the disk is full, or the account may not write so big a file."""
_CAUSES = {
    errno.ENOENT: "il n'existe pas",
    errno.EACCES: "la permission est refusée",
    errno.EPERM: "la permission est refusée",
    errno.ELOOP: "c'est un lien symbolique",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTEMPTY: "il n'est pas vide",
    errno.ENXIO: "ce n'est pas un fichier ordinaire",
    errno.EROFS: "ce disque est en lecture seule",
    errno.EBUSY: "il est utilisé par le système",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.EFBIG: "un fichier serait plus gros que ce compte ne peut en écrire",
    errno.EIO: "le disque répond par une erreur",
    **dict.fromkeys(DISQUE_PLEIN, "le disque est plein"),
}


def connue(erreur: OSError) -> bool:
    """Whether `cause` has French words for it: a refusal of the machine, not a fault of the program."""
    return erreur.errno in _CAUSES


def cause(erreur: OSError) -> str:
    """Why the system refused, in French when the reason is a common one."""
    return _CAUSES.get(erreur.errno or 0, erreur.strerror or str(erreur))
