"""The browser's modules, run by node as they are."""

import json
import subprocess
from typing import Any

from publish.monde import RACINE

MODULES = RACINE / "site_src" / "modules"


def executer(node: str, code: str) -> Any:
    """The JSON that a piece of code prints, run from the modules' folder."""
    sortie = subprocess.run(
        [node, "--input-type=module", "-e", code], cwd=MODULES, capture_output=True, text=True, check=False
    )
    assert sortie.returncode == 0, sortie.stderr
    return json.loads(sortie.stdout)
