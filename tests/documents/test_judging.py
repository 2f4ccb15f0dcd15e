"""What a document may take for granted, and what it must prove."""

import json
from pathlib import Path

import pytest

from derivations import cli
from derivations.documents.judging import Options, judge_document
from derivations.documents.report import LineVerdict
from derivations.reading.document import open_text


def judged(text: str, name: str = "notes.md", **options):
    return judge_document(open_text(text, Path(name)), Options(reproduce=False, **options))


def verdicts(text: str, name: str = "notes.md", **options) -> str:
    return " ".join(line.verdict.value for line in judged(text, name, **options).lines)


LET = "Let $a$, $b$ be real numbers.\n\n"


LEADS = (
    "Then; Thus, by definition,; We define nothing, and get; where we have; Since the mean is known, we have; "
    "The following holds:; By the definition of a square, we have; As shown elsewhere, we obtain; It follows that; "
    "Hence by [a theorem](/P/none) we have; This is well defined, so that; Recall nothing. Then; Let us compute:; "
)


@pytest.mark.parametrize("lead", LEADS.split("; "))
def test_a_claim_is_never_taken_for_granted(lead):
    assert verdicts(f"{LET}{lead}\n$$ a + b = a $$") == "REFUTED"


@pytest.mark.parametrize(
    "lead", ["Let", "Suppose that", "Assume", "where", "We assume that nothing else holds, and let"]
)
def test_what_is_assumed_is_given_and_listed(lead):
    report = judged(f"{LET}{lead}\n$$ a = b $$\nThen\n$$ a - b = 0 $$")
    if report.lines[0].verdict is LineVerdict.GIVEN:
        assert report.lines[1].verdict is LineVerdict.PROVED
        assert {"a = b", "a := b"} & set(report.lines[1].given)


def test_a_sentence_that_has_ended_introduces_nothing():
    assert verdicts("Let $a$ be a real number.\n$$ a = 1 $$") == "REFUTED"


def test_what_is_set_for_one_display_holds_for_that_one():
    assert verdicts(f"{LET}If $a = 1$, then\n$$ a^2 = 1 $$\nand\n$$ a^2 = 1 $$") == "PROVED REFUTED"


def test_what_is_given_in_one_theorem_is_not_given_in_the_next():
    text = "**Theorem.** Let $a$ be a real number and assume\n$$ a = 1 $$\nThen\n$$ a^2 = 1 $$\n\n"
    other = "**Theorem.** Let $a$ be a real number. Then\n$$ a^2 = 1 $$\n"
    assert verdicts(text + other) == "GIVEN PROVED REFUTED"


def test_a_result_that_is_not_proved_proves_nothing():
    text = f"{LET}Let $f$ be a function. We have\n$$ f(a) = b \\tag{{1}} $$\nBy (1),\n$$ f(a) + a = a + b $$"
    lines = judged(text).lines
    assert LineVerdict.PROVED not in [line.verdict for line in lines]


def test_an_open_result_that_is_cited_is_named():
    text = f"{LET}$$ \\frac{{a}}{{b}} \\cdot b = a \\tag{{1}} $$\nBy (1),\n$$ \\frac{{a}}{{b}} \\cdot b + 1 = a + 1 $$"
    first, second = judged(text).lines
    assert (first.cause, second.verdict) == ("defined", LineVerdict.OPEN)


def test_a_definition_is_made_once_and_claimed_afterwards():
    text = f"{LET}Define\n$$ m := a + b $$\nand define\n$$ m := a - b $$"
    assert "PROVED" not in verdicts(text).split()[1:]


def test_a_false_line_after_what_is_given_is_refuted_with_a_witness_that_satisfies_it():
    line = judged("Let $a > 2$ be a real number. Then\n$$ a^2 = 4 $$").lines[0]
    assert line.verdict is LineVerdict.REFUTED
    assert dict(line.step.witness.values)["a"] not in ("0", "1", "2")


def test_what_is_not_understood_of_a_name_refutes_nothing_of_it():
    text = "Let $X \\sim \\mathrm{Unheard}(p)$. Then\n$$ \\mathrm{E}(X) = p $$"
    (line,) = [line for line in judged(text).lines if line.verdict is not LineVerdict.GIVEN]
    assert line.verdict is LineVerdict.OPEN


def test_links_between_what_cannot_be_read_are_judged():
    text = f"{LET}$$ a + a = 2 a = \\mystery = 3 a = a + 2 a $$"
    assert verdicts(text) == "PROVED UNREAD UNREAD PROVED"


def test_defined_is_assumed_where_it_is_asked_for():
    text = f"{LET}$$ \\frac{{a b}}{{b}} = a $$"
    assert verdicts(text) == "OPEN"
    assert verdicts(text, defined=True) == "PROVED"
    assert verdicts(f"---\ngiven: defined\n---\n{text}") == "PROVED"


def test_exit_codes_and_json(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for text, code in (
        (f"{LET}$$ a + b = b + a $$", 0),
        (f"{LET}$$ a + b = a $$", 1),
        (f"{LET}Let $f$ be a function. Then $$ f(a + b) = f(b + a) + f(a) - f(a) + 0 \\cdot f(b) $$", 0),
        (f"{LET}$$ \\frac{{a}}{{a}} = 1 $$", 6),
        ("$$ q = q + 0 $$", 6),
    ):
        Path("notes.md").write_text(text, "utf-8")
        with pytest.raises(SystemExit) as end:
            cli.main(["check", "notes.md", "--json", "--no-reproduce"])
        said = json.loads(capsys.readouterr().out)
        assert end.value.code == code, said
        (document,) = said["documents"]
        assert document["lines"][0]["line"] >= 1 and said["derivations"] == []


def test_a_file_that_cannot_be_read_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("bytes.md").write_bytes(b"\xff\xfe")
    with pytest.raises(SystemExit) as end:
        cli.main(["check", "bytes.md", "none.tex"])
    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "error: bytes.md: cannot be read: it is no text in UTF-8\n"
        "error: none.tex: cannot be read: No such file or directory\n"
    )


def test_a_page_of_the_folder_is_quoted_and_none_outside(tmp_path):
    (tmp_path / "in").mkdir()
    page = "**Theorem.** Let $a$, $b$ be real numbers. Then\n$$ a = b + 1 $$"
    for folder in (tmp_path, tmp_path / "in"):
        (folder / f"{folder.name if folder.name == 'in' else 'out'}.md").write_text(page)
    for link, verdict in (("in", "PROVED"), ("../out", "REFUTED")):
        text = f"{LET}With [this]({link}), we have\n$$ a - b = 1 $$"
        path = tmp_path / "in" / "notes.md"
        path.write_text(text)
        assert verdicts(text, str(path)) == verdict


def test_notation_is_asked_for_by_name(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("notes.md").write_text("Let $a$ be a real number.\n$$ a + q = q + a $$", "utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["notation", "notes.md"])
    said = capsys.readouterr().out
    assert end.value.code == 6 and "a  number  notes.md:1:6" in said and "  q: number\n" in said
    Path("notes.md").write_text(
        "---\nnotation:\n  q: number\n---\nLet $a$ be a real number.\n$$ a + q = q + a $$", "utf-8"
    )
    with pytest.raises(SystemExit) as end:
        cli.main(["check", "notes.md"])
    assert end.value.code == 0


def test_a_shared_table_is_read(tmp_path):
    (tmp_path / "notation.toml").write_text('[notation]\n"a b" = "number"\n')
    assert verdicts("$$ a + b = b + a $$", str(tmp_path / "notes.md")) == "PROVED"


def test_the_chains_of_a_document_are_a_derivation_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("notes.md").write_text(f"# Sums\n{LET}$$ (a + b)^2 = a^2 + 2 a b + b^2 \\tag{{1}} $$", "utf-8")
    with pytest.raises(SystemExit):
        cli.main(["to-python", "notes.md"])
    Path("mine.py").write_text(capsys.readouterr().out, "utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["check", "mine.py"])
    assert end.value.code == 0


def test_a_line_that_may_follow_from_what_was_not_read_is_not_refuted():
    text = f"{LET}$$ a + \\mystery = b $$\nThus\n$$ a = b $$\nand for another reason\n$$ (b + 1)^2 = b^2 + 1 $$"
    assert verdicts(text) == "UNREAD OPEN OPEN"
    apart = "Let $a$, $b$, $c$ be real numbers.\n$$ a + \\mystery = b $$\nand\n$$ c^2 = c $$"
    assert verdicts(apart) == "UNREAD REFUTED"


def test_an_equation_that_is_to_be_solved_is_not_refuted():
    assert verdicts(f"{LET}Setting the derivative to zero, we have\n$$ 2 a - b = 0 $$") == "OPEN"


def test_what_follows_a_false_row_in_its_display_is_not_refuted_with_it():
    rows = "$$\n\\begin{align}\na &= b \\\\\na - b &= 0\n\\end{align}\n$$"
    assert verdicts(f"{LET}{rows}") == "REFUTED OPEN"


def test_each_row_of_a_display_has_its_own_condition():
    rows = r"\frac{a}{|a|} &= 1 \;, \quad \text{if} \quad a > 0 \\ \frac{a}{|a|} &= %s \;, \quad \text{if} \quad a < 0"
    display = f"---\nnotation:\n  a: number\n---\nWe have\n$$ \\begin{{split}} {rows} \\end{{split}} $$"
    assert verdicts(display % "-1", defined=True) == "PROVED PROVED"
    assert judged(display % "1", defined=True).lines[1].verdict is not LineVerdict.PROVED


def test_a_condition_may_be_of_two_parts():
    text = f"{LET}We have\n$$ a + b > 0 \\;, \\quad \\text{{if}} \\quad a > 0 \\quad \\text{{and}} \\quad b > %s $$"
    assert verdicts(text % "0") == "PROVED"
    assert verdicts(text % "-1") == "REFUTED"


def test_one_condition_holds_for_all_rows():
    rows = r"a + 1 &> 1 \\ a + 2 &> 2 \;, \quad \text{if} \quad a > 0"
    assert verdicts(f"{LET}We have\n$$ \\begin{{split}} {rows} \\end{{split}} $$") == "PROVED PROVED"
