"""The bytes of the JSON files that browsers read: compact, in French as it is written, ended by a line."""

import json


def json_serre(valeur: object, *, trie: bool = False) -> str:
    """The text of a JSON file; `trie`: keys in order."""
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":"), sort_keys=trie) + "\n"
