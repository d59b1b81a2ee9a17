"""Say in one clear sentence what the machine lacks before anything is installed.

Runs with any Python 3, standard library only. Exit codes: 0 everything is there, 1 something is missing.
"""

import re
import shutil
import subprocess
import sys


def manques():
    """The French sentences, one per missing tool; empty when the machine is ready."""
    phrases = []
    if sys.version_info < (3, 11):
        phrases.append(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} est trop ancien : il faut Python 3.11 ou plus récent."
        )
    for module in ("venv", "ensurepip"):
        try:
            __import__(module)
        except ImportError:
            phrases.append(f"Il manque le module Python « {module} » (sous Debian : apt-get install python3-venv).")
    node = shutil.which("node")
    if node is None:
        phrases.append("Il manque Node.js 20 ou plus récent (commande node).")
    else:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        majeure = re.match(r"v(\d+)", version)
        if majeure is None or int(majeure.group(1)) < 20:
            phrases.append(f"Node.js {version.strip()} est trop ancien : il faut la version 20 ou plus récente.")
    if shutil.which("npm") is None:
        phrases.append("Il manque npm (il est livré avec Node.js).")
    return phrases


if __name__ == "__main__":
    for phrase in manques():
        print(phrase, file=sys.stderr)
    raise SystemExit(1 if manques() else 0)
