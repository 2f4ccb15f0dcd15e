"""`build/solutions.tex` is what the catalogue gives."""

from pathlib import Path

from derivations import cli

TRACKED = Path(__file__).parents[2] / "build" / "solutions.tex"
COMMAND = "derivations build --out build"


def test_the_tracked_sheet_is_what_the_catalogue_gives(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")  # without a PDF
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for _ in range(2):  # checked, and from the cache
        try:
            cli.main(["build", "--no-reproduce", "--out", str(tmp_path)])
        except SystemExit as end:
            assert end.code == 0
        made = (tmp_path / "solutions.tex").read_text("utf-8")
        assert made == TRACKED.read_text("utf-8"), f"the sheet has changed: write it anew with `{COMMAND}`"
        (tmp_path / "solutions.tex").unlink()
