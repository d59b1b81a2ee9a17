"""Addresses that try to be something else than the page of a place: each wanted thing, hidden in each known way."""

from itertools import product

_CHARGE = "alert(1)"
# What must never be the scheme of a link.
_SCHEMES = ("javascript", "vbscript", "data", "file", "blob", "about", "view-source", "intent", "ws", "ftp", "jar")
_SUITES = {
    "data": "text/html,<script>alert(1)</script>",
    "about": "blank",
    "file": "///etc/passwd",
    "blob": "https://a.example/1",
}


def _capitales(texte: str) -> str:
    return "".join(c.upper() if rang % 2 else c for rang, c in enumerate(texte))


def _pleines(texte: str) -> str:
    """Fullwidth letters, which a careless reader folds to ours."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in texte)


# name: from a scheme and what follows it to an address
_CACHES = {
    "tel quel": lambda s, r: f"{s}:{r}",
    "capitales": lambda s, r: f"{_capitales(s)}:{r}",
    "espace devant": lambda s, r: f" {s}:{r}",
    "controles devant": lambda s, r: f"\x01\x1f{s}:{r}",
    "nul devant": lambda s, r: f"\0{s}:{r}",
    "nul dedans": lambda s, r: f"{s[:2]}\0{s[2:]}:{r}",
    "tabulation dedans": lambda s, r: f"{s[:2]}\t{s[2:]}:{r}",
    "saut dedans": lambda s, r: f"{s[:2]}\n{s[2:]}:{r}",
    "retour avant les deux-points": lambda s, r: f"{s}\r:{r}",
    "entite": lambda s, r: f"{s}&colon;{r}",
    "entite d'une lettre": lambda s, r: f"&#{ord(s[0])};{s[1:]}:{r}",
    "entite hexadecimale": lambda s, r: f"&#x{ord(s[0]):06x}{s[1:]}:{r}",
    "entite de saut": lambda s, r: f"{s[:2]}&NewLine;{s[2:]}&Tab;:{r}",
    "pourcents": lambda s, r: f"{s}%3A{r}",
    "pourcents d'une lettre": lambda s, r: f"%{ord(s[0]):02x}{s[1:]}:{r}",
    "lettres pleines": lambda s, r: f"{_pleines(s)}:{r}",
    "deux-points plein": lambda s, r: f"{s}\uff1a{r}",
    "invisible": lambda s, r: f"{s[:3]}\u200b{s[3:]}:{r}",
    "invisible devant": lambda s, r: f"\ufeff{s}:{r}",
    "sens retourne": lambda s, r: f"\u202e{s}:{r}",
    "commentaire": lambda s, r: f"{s}://a.example/%0a{r}",
    "barres inverses": lambda s, r: f"{s}:\\\\a.example\\{r}",
    "sort d'un attribut": lambda s, r: f'"><a href="{s}:{r}">',
    "sort d'un attribut simple": lambda s, r: f"' onclick='{s}:{r}",
    "sort d'un Markdown": lambda s, r: f"[a]({s}:{r})",
}
_DE_SCHEMES = tuple(
    cacher(scheme, _SUITES.get(scheme, _CHARGE)) for (scheme, cacher) in product(_SCHEMES, _CACHES.values())
)
# What deceives on the site that opens, or leaves the line it stands on.
_AUTRES = (
    *("//piege.example", "\\\\piege.example", "/\\piege.example", "///piege.example", "https:piege.example"),
    *("https:/piege.example", "https:\\\\piege.example", "https:////piege.example", "https://", "http://?", "http://#"),
    *("https://mairie.example@piege.example/", "https://mairie.example:x@piege.example", "https://a:b@piege.example"),
    *("https://mairie.example%40piege.example/", "https://mairie.example\\@piege.example/", "https://@piege.example"),
    *("https://mairie.example\u2044@piege.example", "https://piege.example\\.mairie.example/"),
    *("https://piege.example#@mairie.example/", "https://piege.example?@mairie.example/"),
    *("https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1%25eth0]/", "https://[::", "https://[x]/"),
    *("http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://127.1/"),
    *("http://0/", "http://169.254.169.254/latest/", "http://localhost:22/", "http://localhost./", "http://a.local/"),
    *("https://m\u0430irie.example/", "https://\u217fairie.example/", "https://mairie\u3002example/"),
    *("https://mairie\uff0eexample/", "https://xn--mirie-4nf.example/", "https://mai\u00adrie.example/"),
    *("https://mairie.example\u2028/", "https://mairie.example/\u202egpj.exe", "https://mai\u200drie.example/"),
    *("https://a.example/\r\nLocation: https://b.example", "https://a.example/%0d%0aSet-Cookie:a=b"),
    *("https://a.example/\nEND:VEVENT\nBEGIN:VALARM", "https://a.example/;ATTENDEE=mailto:a@b.example"),
    *('https://a.example/"onmouseover="alert(1)', "https://a.example/'><img src=x onerror=alert(1)>"),
    *("https://a.example/</script><script>alert(1)</script>", "https://a.example/--><svg/onload=alert(1)>"),
    *("https://a.example/{{7*7}}${7*7}#{7*7}", "https://a.example/`${alert(1)}`", "https://a.example/]]>"),
    *('=HYPERLINK("https://a.example")', "@SUM(1)|cmd", "+1+cmd|' /C calc'!A0", "-2+3", "\t=1+1", "\uff1d1+1"),
    *('#read("/etc/passwd")', "https://a.example/#panic()", "https://a.example/$x^2$", "https://a.example/@renvoi"),
    *("https://a.example:99999/", "https://a.example:-1/", "https://a.example:80:80/", "https://a.example:\u0661/"),
    *("https://.example/", "https://a..example/", "https://-a.example/", "https://a_b.example/", "https:///x"),
    *("https://" + "a" * 300 + ".example/", "https://a.example/" + "x" * 3_000, "https://" + "a." * 200 + "example/"),
    *(
        "mailto:a@b.example?bcc=c@d.example",
        "mailto:a@b.example%0d%0aBcc:c@d.example",
        "tel:+33;ext=1",
        "tel:*%2306%23",
    ),
    *(
        "sms:+33600000000?body=x",
        "geo:0,0?q=a",
        "tel:*%2306%23",
        "market://details?id=x",
        "ms-word:ofe|u|https://a.example/",
    ),
    *("../../../etc/passwd", "..%2f..%2fadmin", "?q=<script>alert(1)</script>", "#javascript:alert(1)", ".", "\\"),
    *("https://a.example/%c0%ae%c0%ae/", "https://a.example/%00.html", "https://a.example/%", "https://%61.example/"),
    *(
        "https://a.example/\ud7ff\ufffe",
        "https://a.example/\U000e0041",
        "ht\ttps://a.example/",
        "https\u200b://a.example/",
    ),
)
ADRESSES = tuple(dict.fromkeys((*_DE_SCHEMES, *_AUTRES)))
"""At least 317 of them, as many as an audit once tried."""
