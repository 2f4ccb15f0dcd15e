"""Files are written whole or not at all."""

import pytest

from derivations.sheets import files


def test_a_file_and_its_folder_are_made(tmp_path):
    files.write(tmp_path / "build" / "sheet.tex", "θ\n")
    assert (tmp_path / "build" / "sheet.tex").read_text("utf-8") == "θ\n"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    target = tmp_path / "sheet.tex"
    target.write_text("old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        files.write(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
