"""Runs a script of this folder in node: JSON in, JSON out."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ICI = Path(__file__).parent


def lancer(script: str, question: Any, environnement: Mapping[str, str] | None = None) -> Any:
    """The script's answer; fails when node is absent (the site's own tools need it) or when the script fails."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("node est absent : il lit les modules du site (voir le README, « Installer »)")
    fini = subprocess.run(
        [node, str(ICI / script)],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **(environnement or {})},
    )
    assert fini.returncode == 0, fini.stderr
    return json.loads(fini.stdout)
