"""What mkdocs refuses is told as one error of ours, and not on the terminal."""

from pathlib import Path

import pytest
import yaml

from carte.publish.cadre import editorial


def test_a_dead_link_in_a_written_page_is_one_error_with_its_reasons(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("[un](absent.md) [deux](perdu.md)", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump({"site_name": "Essai", "theme": "mkdocs"}), encoding="utf-8")
    with pytest.raises(editorial.PagesInvalides) as refus, editorial._constats():
        build(load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "site"), strict=True))
    assert refus.value.message.startswith("Les pages de site_src/pages ne peuvent pas être publiées :\n- ")
    assert "absent.md" in refus.value.message
    assert "perdu.md" in refus.value.message
    assert capfd.readouterr() == ("", "")
