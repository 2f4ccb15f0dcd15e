"""Which exercises stand on a sheet."""

from pathlib import Path

import pytest

from derivations.catalogue import CatalogueError
from derivations.sheets import plan

FILE = """
title = "Week 13 & 14"
author = "A. Author"
date = 2024-05-01
variants = ["problems", "solutions"]

[[sections]]
title = "First"
exercises = ["unit_variance", "own.py", "2023, Exercise 2.1"]

[[sections]]
exercises = ["mean", "variance"]
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.py").write_text('"""Exercise 0: mine."""\n')

    def write(content: str) -> Path:
        path = tmp_path / "sheet.toml"
        path.write_text(content, "utf-8")
        return path

    return write


def listed(made: plan.Plan) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.section, one.source.path.stem, one.names) for one in made.wanted]


def test_a_sheet_file(file):
    made = plan.of_file(file(FILE))
    assert (made.title, made.author, made.date) == ("Week 13 & 14", "A. Author", "2024-05-01")
    assert made.variants == ("problems", "solutions")
    assert listed(made) == [
        ("First", "unit_variance", ("unit_variance",)), ("First", "own", ()), ("First", "logits", ()),
        ("", "logits", ("mean", "variance")),
    ]  # fmt: skip


def test_exercises_without_sections_stand_in_their_own(file):
    made = plan.of_file(file('exercises = ["attention.logits", "sigmoid"]'))
    assert [one.section for one in made.wanted] == ["Attention", "Reinforcement learning"]


def test_a_python_file_is_a_sheet(file):
    made = plan.of_file(file("").parent / "own.py")
    assert listed(made) == [("", "own", ())]
    assert made.wanted[0].source.exercise == "Exercise 0"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("x = [", "sheet.toml: is no TOML: "),
        ("titel = 'x'", "sheet.toml: there is no key 'titel': say title, "),
        ("title = 3", "sheet.toml: title must be text"),
        ("exercises = 'sigmoid'", "sheet.toml: exercises must be a list of names"),
        ("exercises = ['sigmoyd']", "sheet.toml: no derivation is called 'sigmoyd'; did you mean sigmoid?"),
        ("exercises = ['own.py::x']", "sheet.toml: own.py: no derivation is called 'x'; it has none"),
        ("exercises = ['no/such.py']", "sheet.toml: no/such.py: cannot be read"),
        ("title = 'x'", "sheet.toml: names no exercise"),
        ("exercises = ['sigmoid']\nvariants = ['answers']", "sheet.toml: there is no variant 'answers'"),
        ("sections = ['a']", "sheet.toml: sections are written [[sections]]"),
        (
            "[[sections]]\ntitle = 'a'\nexercices = ['sigmoid']",
            "sheet.toml: a section has no key 'exercices': say title, exercises",
        ),
    ],
)
def test_what_is_wrong_with_a_sheet_file_is_said(file, content, message):
    with pytest.raises(CatalogueError) as error:
        plan.of_file(file(content))
    assert str(error.value).startswith(message)


def test_a_selection_keeps_the_order_of_the_sheet(file):
    made = plan.selected(plan.of_catalogue(), ["variance", "sigmoid", "own.py", "mean"])
    assert [(name, names) for _, name, names in listed(made)] == [
        ("sigmoid", ("sigmoid",)), ("logits", ("variance", "mean")), ("own", ()),
    ]  # fmt: skip


def test_an_unknown_name_is_refused():
    with pytest.raises(CatalogueError, match="did you mean sigmoid"):
        plan.selected(plan.of_catalogue(), ["sigmoyd"])
