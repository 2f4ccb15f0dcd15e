"""The README's examples are run, and what it says of the project is held against it."""

import doctest
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from derivations import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_the_first_derivation_is_proved_as_the_readme_shows():
    first, *_ = blocks("python")
    names: dict[str, object] = {}
    exec(compile(first, "mine.py", "exec"), names)
    for block in blocks("pycon"):
        test = doctest.DocTestParser().get_doctest(block, names, "README", "README.md", 0)
        result = doctest.DocTestRunner().run(test, clear_globs=False)
        assert (result.failed, result.attempted > 0) == (0, True)


def test_it_passes_on_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(blocks("python")[0], "utf-8")
    for command in ("show", "check"):
        with pytest.raises(SystemExit) as end:
            cli.main([command, "mine.py"])
        assert end.value.code == 0, capsys.readouterr().out


def test_what_can_be_written_is_proved_as_it_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (written,) = [block for block in blocks("python") if "full_column_rank" in block]
    Path("written.py").write_text(written, "utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["check", "written.py", "--strict"])
    assert end.value.code == 0, capsys.readouterr().out


def test_the_other_uses_run_as_they_stand(tmp_path, monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    Path("mine.py").write_text(blocks("python")[0], "utf-8")
    Path("test_mine.py").write_text(blocks("py")[0], "utf-8")
    for arguments in (["test_mine.py"], ["--derivations", "mine.py"]):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "derivations.pytest_plugin", *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
    shell = InteractiveShell()
    for line in blocks("ipython")[0].splitlines():
        with capture_output() as captured:
            assert shell.run_cell(line).success, captured.stdout
        assert ("refuted" in captured.stdout) == ("1 + sigma(z)" in line)
    Path("found.py").write_text(captured.stdout, "utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["check", "found.py"])
    assert end.value.code == 0
    assert all(block.count("\n") < 10 for language in ("console", "py", "ipython") for block in blocks(language))


def test_the_rule_can_be_written_and_cited():
    from derivations import derive, log, symbols

    names: dict[str, object] = {}
    exec(next(block for block in blocks("python") if "log_of_a_square" in block), names)
    for x, verdict in ((symbols("x", nonzero=True), "PROVED"), (symbols("x"), "OPEN")):
        chain = derive(log(x**2)).eq(2 * log(abs(x)), by=names["log_of_a_square"])
        assert chain.check().steps[0].verdict.value == verdict


def test_the_two_commands_are_one_line_each_and_name_what_there_is():
    run, test = blocks("sh")
    assert run.count("\n") == test.count("\n") == 1
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "derivations" in project["scripts"]
    assert "dev" in project["optional-dependencies"]
    assert ".venv/bin/pytest" in test


def test_every_command_and_every_exit_code_is_explained():
    for name in cli.commands.commands:
        assert f"| `derivations {name}" in README
    for code in re.findall(r"^  (\d)  ", cli.EXIT_CODES, re.MULTILINE):
        assert f"\n| {code} | " in README


def test_the_document_is_judged_as_the_readme_shows(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    document, said = re.search(
        r"^````markdown\n(.*?)^````.*?^````text\n(.*?)^````", README, re.DOTALL | re.MULTILINE
    ).groups()
    Path("notes.md").write_text(document, "utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["check", "notes.md"])
    assert (end.value.code, capsys.readouterr().out) == (1, said)


def test_the_block_of_notation_is_understood(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    block = blocks("yaml")[0]
    Path("notes.md").write_text(f"{block}Let $c$ be a real number. Then\n$$ \\frac{{c n}}{{n}} = c $$\n", "utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["notation", "notes.md"])
    assert end.value.code == 0, capsys.readouterr().out
