"""The command line: what it prints, where, and with which exit code.

Judging is replaced by a stand-in, so that every verdict can be had: a chain
called `refuted_…`, `open_…` or `disputed_…` is judged so, any other is proved.
"""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from derivations import catalogue, cli
from derivations.derivation import Derivation
from derivations.kernel.report import Certificate, Finding, Report, Reproduction, StepReport, Verdict, Witness

HEAD = '"""2030, Exercise 1.1: twice x."""\nfrom derivations import *\nx = symbols("x")\n'
CHAIN = 'derive(x + x).eq(2 * x, tag="7").qed(x + x, "=", 2 * x)'


def stand_in(derivation: Derivation, *, reproduce: bool = True, known: object = None, **_: object) -> Report:
    word = derivation.name.partition("_")[0].upper()
    verdict = Verdict(word) if word in ("REFUTED", "OPEN") else Verdict.PROVED
    again = Reproduction("doit", disputed=word == "DISPUTED") if reproduce else None
    witness = Witness((("x", "1"),), "2", "3") if verdict is Verdict.REFUTED else None
    finding = Finding(verdict, problem="neither proved nor refuted" if verdict is Verdict.OPEN else "")
    if word == "IDLE":
        finding = Finding(verdict, Certificate((), "plain-algebra", ()), idle=("chain-rule",))
    steps = tuple(
        StepReport(n, s.equation, s.link, (), (), s.place, finding, verdict, witness, again)
        for n, s in enumerate(derivation.steps, 1)
    )
    print("noise that does not belong on stdout")
    return Report(
        derivation.name, derivation.exercise, derivation.place, verdict, derivation.given, (), steps,
        derivation.statement, True,
        notes=tuple(f"step {step.number}: {note}" for step in steps for note in step.finding.notes),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setitem(sys.modules, "derivations.checking", SimpleNamespace(check=stand_in))
    return tmp_path


@pytest.fixture
def run(capsys):
    """Run the command, and give its exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            cli.main(arguments)
        out, err = capsys.readouterr()
        return end.value.code, out, err.replace("noise that does not belong on stdout\n", "")

    return run


def file(*names: str, path: str = "mine.py") -> str:
    Path(path).write_text(HEAD + "".join(f"{name} = {CHAIN}\n" for name in names), "utf-8")
    return path


@pytest.fixture
def packaged(monkeypatch):
    """Let the package hold the derivations of this file instead."""

    def hold(*names: str) -> None:
        loaded = catalogue.load_file(Path(file(*names, path="packaged.py")))
        loaded = tuple(
            replace(one, entry=replace(one.entry, source=replace(one.entry.source, section="Examples")))
            for one in loaded
        )
        monkeypatch.setattr(catalogue, "load_all", lambda found=(): loaded)
        monkeypatch.setattr(catalogue, "sources", lambda: [loaded[0].entry.source])
        monkeypatch.setattr(catalogue, "entries", lambda: tuple(one.entry for one in loaded))
        monkeypatch.setattr(catalogue, "load", lambda entry: next(one for one in loaded if one.entry == entry))

    return hold


# -- list and show ---------------------------------------------------------------------------
def test_list_shows_sections_names_and_titles(run, packaged):
    packaged("a", "twice")
    assert run("list") == (
        0,
        "Examples\n  a      2030, Exercise 1.1: twice x\n  twice  2030, Exercise 1.1: twice x\n",
        "",
    )


def test_show_prints_the_chain(run, packaged):
    packaged("twice")
    assert run("show", "twice") == (
        0,
        "twice  (2030, Exercise 1.1: twice x)\n\n  x + x\n    = 2 x   (7)\n\n  qed  x + x = 2 x\n",
        "",
    )


def test_show_takes_a_file(run):
    code, out, _ = run("show", file("one", "two"))
    assert code == 0
    assert out.count("qed") == 2


def test_an_unknown_name_is_a_usage_error_with_a_suggestion(run, packaged):
    packaged("twice")
    for command in ("show", "check"):
        code, _, err = run(command, "twize")
        assert (code, err) == (2, "error: no derivation is called 'twize'; did you mean twice?\n")


def test_one_derivation_of_a_file_is_named_as_in_pytest(run):
    path = file("one", "two")
    code, out, _ = run("show", f"{path}::two")
    assert (code, out.count("qed")) == (0, 1)
    code, _, err = run("check", f"{path}::three")
    assert code == 2
    assert err.endswith("no derivation is called 'three'; it has one, two\n")


# -- rules -------------------------------------------------------------------------------------
def test_rules_are_listed_with_what_they_say(run):
    assert run("rules", "Geometric") == (
        0,
        "geometric-series\n    Σ_{k=a}^{∞} c x^k = c x^a/(1 - x)\n    if -1 < x < 1, a ≥ 0\n"
        "geometric-sum\n    Σ_{k=a}^{n} x^k = (x^a - xⁿ⁺¹)/(1 - x)\n    if x ≠ 1, 0 ≤ a ≤ n + 1\n",
        "",
    )


def test_a_word_that_no_rule_speaks_of(run):
    assert run("rules", "quaternion") == (2, "", "error: no rule speaks of quaternion\n")


# -- check -------------------------------------------------------------------------------------
def test_check_prints_a_table_and_the_totals(run, packaged):
    packaged("a", "twice")
    assert run("check") == (
        0,
        "derivation  exercise            links  by SymPy  verdict\n"
        "a           2030, Exercise 1.1  1/1    1         PROVED\n"
        "twice       2030, Exercise 1.1  1/1    1         PROVED\n"
        "\n"
        "2 derivations: 2 proved, 0 refuted, 0 open; links: 2 proved, 0 refuted, 0 open, "
        "2 reproduced by SymPy, 0 disputed\n",
        "",
    )


def test_check_explains_what_fails(run):
    code, out, _ = run("check", file("refuted_one"))
    assert code == 1
    assert (
        "\n"
        "mine.py:4  refuted_one, step 1 of 1                                                      REFUTED\n"
        "    x + x  =  2 x\n"
        "  with x = 1:   left = 2   right = 3\n"
        "\n"
    ) in out


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["a", "b"], 0),
        (["a", "refuted_b", "open_c"], 1),
        (["a", "open_b"], 3),
        (["a", "disputed_b"], 3),
    ],
)
def test_the_exit_code_is_the_worst_verdict(run, names, code):
    assert run("check", file(*names))[0] == code


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run):
    code, out, err = run("check", "none.py", file("a"))
    assert code == 2
    assert "1 derivation: 1 proved" in out
    assert err == "error: none.py: cannot be read: No such file or directory\n"


@pytest.mark.parametrize("command", ["check", "build"])
def test_what_was_not_needed_is_a_note_and_fails_where_that_is_asked_for(run, no_latex, command):
    code, out, _ = run(command, file("a", "idle_b"))
    assert code == 0
    assert "note: idle_b: step 1: holds by plain algebra; `chain-rule` was not needed\n" in out
    assert run(command, "--strict", file("a", "idle_b"))[0] == 3
    assert run(command, "--strict", file("a"))[0] == 0
    assert run(command, "--strict", file("refuted_a", "idle_b"))[0] == 1


def test_json_lists_what_was_not_needed(run):
    made = json.loads(run("check", "--json", file("idle_b"))[1])["derivations"][0]
    assert made["steps"][0]["not_needed"] == ["chain-rule"] and len(made["notes"]) == 1


def test_check_without_reproduction(run):
    assert "0 reproduced by SymPy" in run("check", "--no-reproduce", file("a"))[1]


def test_json_is_one_document_and_nothing_else_even_beside_an_error(run):
    code, out, err = run("check", "--json", file("a", "refuted_b"), "none.py")
    made = json.loads(out)
    assert code == 2
    assert [one["name"] for one in made["derivations"]] == ["a", "refuted_b"]
    assert made["summary"]["links"] == {"proved": 1, "refuted": 1, "open": 0, "reproduced": 2, "disputed": 0}
    assert made["derivations"][0]["file"] == "mine.py"
    assert err.startswith("error: none.py")


def test_ctrl_c_ends_without_a_traceback(run, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "derivations.checking", SimpleNamespace(check=interrupt))
    code, out, err = run("check", file("a"))
    assert (code, out, err.strip()) == (130, "", "interrupted")


@pytest.mark.parametrize("arguments", [["nonsense"], ["check", "--nonsense"], ["show"]])
def test_usage_errors(run, arguments):
    assert run(*arguments)[0] == 2


# -- build ---------------------------------------------------------------------------------------
@pytest.fixture
def no_latex(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")


def test_build_writes_the_sheet_and_says_that_there_is_no_latex(run, packaged, no_latex):
    packaged("twice")
    code, out, err = run("build")
    assert (code, err) == (0, "")
    assert out.endswith("wrote build/solutions.tex\nno PDF: latexmk with pdflatex is not installed here\n")
    assert r"x + x &= 2 x && \tag{7}" in Path("build/solutions.tex").read_text("utf-8")
    assert [path.name for path in Path("build").iterdir()] == ["solutions.tex"]


def test_a_pdf_asked_for_by_name_must_be_made(run, packaged, no_latex):
    packaged("twice")
    code, _, err = run("build", "--pdf", "--out", "elsewhere")
    assert (code, err) == (4, "no PDF: latexmk with pdflatex is not installed here\n")
    assert Path("elsewhere/solutions.tex").exists()


def test_build_marks_what_is_not_proved_and_exits_by_the_verdict(run, packaged, no_latex):
    packaged("twice", "refuted_b")
    assert run("build")[0] == 1
    assert r"\reason{\refuted}" in Path("build/solutions.tex").read_text("utf-8")


def test_build_into_a_place_that_cannot_be_written(run, packaged, no_latex):
    packaged("twice")
    Path("build").write_text("a file is in the way")
    assert run("build")[0] == 2


# -- the process -----------------------------------------------------------------------------------
def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("argument", ["--help", "list"])
def test_help_and_list_import_nothing_slow(argument):
    used = python(
        "import sys\nfrom derivations.cli import main\n"
        f"try:\n    main([{argument!r}])\nexcept SystemExit:\n    pass\n"
        "print('imported', *sys.modules)"
    ).rpartition("imported")[2].split()  # fmt: skip
    assert {"sympy", "flint", "rich", "networkx", "latexify"}.isdisjoint(used)


def test_a_reader_that_stops_reading_is_no_error(packaged):
    code = "import sys\nfrom derivations.cli import main\nmain(['--help'])"
    shell = f'{sys.executable} -c "{code}" | true'
    assert subprocess.run(shell, shell=True, capture_output=True, text=True, check=False).stderr == ""


# -- sheets ----------------------------------------------------------------------------------------
def test_the_variants_and_what_stands_on_top(run, packaged, no_latex):
    packaged("twice")
    code, _, _ = run("build", "--problems", "--hints", "--title", "Week 13", "--author", "A. B.", "--date", "today")
    assert code == 0
    assert sorted(path.name for path in Path("build").iterdir()) == ["hints.tex", "problems.tex"]
    assert r"Week 13\\[4pt] \large A. B. \quad today" in Path("build/problems.tex").read_text("utf-8")


def test_a_selection_from_the_package_and_from_outside(run, packaged, no_latex):
    packaged("a", "twice")
    code, out, _ = run("build", "--select", "twice", "--select", file("own"), "--format", "text")
    assert code == 0
    assert "2 derivations: 2 proved" in out
    text = Path("build/solutions.txt").read_text("utf-8")
    assert ("a\n" in text.splitlines(), "twice" in text, "own" in text) == (False, True, True)


def test_a_sheet_file(run, packaged, no_latex):
    packaged("a", "twice")
    Path("week.toml").write_text(f'title = "Week"\nvariants = ["problems"]\nexercises = ["twice", "{file("own")}"]\n')
    assert run("build", "week.toml")[0] == 0
    assert "Week" in Path("build/problems.tex").read_text("utf-8")
    Path("week.toml").write_text("titel = 3\n")
    code, _, err = run("build", "week.toml")
    assert (code, "week.toml: there is no key 'titel'" in err) == (2, True)


def test_what_has_not_changed_is_not_checked_again(run, packaged, no_latex, monkeypatch):
    checked = []

    def count(derivation, **options):
        checked.append(derivation.name)
        return stand_in(derivation, **options)

    monkeypatch.setitem(sys.modules, "derivations.checking", SimpleNamespace(check=count))
    Path("packaged.py").unlink(missing_ok=True)
    packaged("twice")
    Path("packaged.py").write_text(Path("packaged.py").read_text("utf-8").replace("import *", "import derive, symbols"))
    first = run("build")
    assert run("build") == first
    assert checked == ["twice"]
    run("build", "--no-cache")
    run("build", "--no-reproduce")
    assert checked == ["twice"] * 3


def test_what_is_not_proved_is_checked_each_time(run, packaged, no_latex):
    packaged("refuted_b")
    assert run("build")[0] == run("build")[0] == 1


@pytest.mark.parametrize(("kind", "said"), [("latex", r"x + x &= 2 x \tag{7}"), ("markdown", r"\begin{aligned}")])
def test_show_in_another_format(run, packaged, kind, said):
    packaged("twice")
    code, out, _ = run("show", "twice", "--format", kind)
    assert (code, said in out) == (0, True)
