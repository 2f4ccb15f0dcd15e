"""Which derivations there are, and what is said of files that give none."""

import sys
from pathlib import Path

import pytest

from derivations import catalogue
from derivations.catalogue import CatalogueError

CHAIN = "derive(x + x).eq(2 * x)"
HEAD = '"""2030, Exercise 1.1: twice x.\n\nSome prose.\n"""\nfrom derivations import *\nx = symbols("x")\n'


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a derivation file and give its path."""
    monkeypatch.chdir(tmp_path)

    def write(text: str, name: str = "mine.py") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


def names(path: Path) -> list[str]:
    return [loaded.entry.name for loaded in catalogue.load_file(path)]


def message(path: Path) -> str:
    with pytest.raises(CatalogueError) as error:
        catalogue.load_file(path)
    return str(error.value)


# -- files -------------------------------------------------------------------------------
def test_a_derivation_is_called_as_the_variable_that_holds_it(file):
    path = file(f'{HEAD}twice = {CHAIN}.qed(x + x, "=", 2 * x)\nagain = twice\n')
    (loaded,) = catalogue.load_file(path)
    assert loaded.derivation.name == loaded.entry.name == "twice"
    assert loaded.derivation.exercise == "2030, Exercise 1.1"
    assert (loaded.derivation.title, loaded.entry.source.prose) == ("twice x", "Some prose.")


def test_what_a_chain_with_qed_goes_on_from_is_not_judged_by_itself(file):
    path = file(f'{HEAD}start = {CHAIN}\ntwice = start.eq(x * 2).qed(x + x, "=", x * 2)\n')
    assert names(path) == ["twice"]


def test_a_chain_that_never_ends_in_qed_is_judged_all_the_same(file):
    path = file(f'{HEAD}start = {CHAIN}\ntwice = {CHAIN}.qed(x + x, "=", 2 * x)\n')
    assert names(path) == ["start", "twice"]


def test_a_chain_made_by_a_function_counts(file):
    assert names(file(f"{HEAD}def make():\n    return {CHAIN}\ntwice = make()\n")) == ["twice"]


def test_what_a_file_imports_belongs_to_the_other_file(file):
    file(f'{HEAD}twice = {CHAIN}.qed(x + x, "=", 2 * x)\n', "helper.py")
    path = file(f"{HEAD}from helper import twice\nfrom helper import *\nmine = {CHAIN}\n")
    assert names(path) == ["mine"]


def test_two_files_of_one_name_do_not_disturb_each_other(file):
    one, two = file(f"{HEAD}a = {CHAIN}\n", "one/mine.py"), file(f"{HEAD}b = {CHAIN}\n", "two/mine.py")
    assert (names(one), names(two)) == (["a"], ["b"])


def test_a_file_leaves_nothing_beside_itself_and_nothing_on_the_path(file):
    path, before = file(f"{HEAD}twice = {CHAIN}\n"), list(sys.path)
    names(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["mine.py"]
    assert sys.path == before


def test_what_a_file_prints_does_not_reach_stdout(file, capsys):
    names(file(f"{HEAD}print('hello')\ntwice = {CHAIN}\n"))
    assert capsys.readouterr() == ("", "hello\n")


# -- files that give nothing ---------------------------------------------------------------
def test_a_missing_file(file):
    assert message(file("").parent / "none.py") == "none.py: cannot be read: No such file or directory"


def test_a_folder(tmp_path, file):
    file("", "folder/x.py")
    assert message(tmp_path / "folder") == "folder: cannot be read: Is a directory"


def test_a_syntax_error_is_shown_with_its_line(file):
    assert message(file("x = 1\ny = = 2\n")) == "mine.py:2: is no valid Python: invalid syntax"


def test_a_binary_file(file):
    assert message(file("a\0b")).startswith("mine.py:1: ")


def test_a_file_that_is_not_utf_8(file):
    path = file("")
    path.write_bytes(b"x = '\xff'\n")
    assert message(path).startswith("mine.py:1: is no valid Python: ")


def test_an_exception_is_shown_with_the_line_of_the_file_that_raised_it(file):
    path = file("from derivations import *\nx = symbols('x')\n\nwrong = derive(x).qed(x, '=', x)\n")
    assert message(path) == "mine.py:4: TermError: qed ends a chain, but this one has no link yet"


def test_an_exception_without_words(file):
    assert message(file("def f():\n    assert False\n\nf()\n")) == "mine.py:2: AssertionError"


def test_a_file_that_exits(file):
    assert message(file("import sys\nsys.exit(0)\n")) == "mine.py:2: SystemExit: 0"


def test_a_file_that_imports_what_is_not_there(file):
    assert message(file("import no_such_thing\n")) == "mine.py:1: ModuleNotFoundError: No module named 'no_such_thing'"


def test_a_file_without_derivations(file):
    assert message(file("x = 1\n")) == (
        "mine.py:1: defines no derivation: bind a chain `derive(…).eq(…).qed(…)` to a name at the top level"
    )


def test_ctrl_c_is_not_an_error_of_the_file(file):
    with pytest.raises(KeyboardInterrupt):
        catalogue.load_file(file("raise KeyboardInterrupt\n"))


# -- the packaged exercises ------------------------------------------------------------------
def exercise(title: str, *chains: str, head: str = "") -> str:
    return f'"""{title}"""\n{head}\n' + "".join(f"{name} = derive(x).eq(x).qed(x)\n" for name in chains)


@pytest.fixture
def tree(file, tmp_path):
    """A folder of exercises, listed from its sources: nothing in it can be imported."""
    file('"""Reinforcement learning."""\nPOSITION = 1\n', "exercises/rl/__init__.py")
    file("", "exercises/attention_heads/__init__.py")
    file(exercise("2023, Exercise 3.10: c", "c"), "exercises/rl/a.py")
    file(exercise("2023, Exercise 3.9: b", "b", "same"), "exercises/rl/z.py")
    file(exercise("2024, Exercise 9: a", "a", head="POSITION = 0"), "exercises/rl/last.py")
    file(exercise("2022, Exercise 1: d", "d", "same"), "exercises/attention_heads/d.py")
    return tmp_path / "exercises"


def test_sections_stand_by_position_and_exercises_by_position_and_title(tree):
    assert [entry.variable for entry in catalogue.entries(tree)] == ["a", "b", "same", "c", "d", "same"]


def test_a_section_is_titled_by_its_docstring_or_its_folder(tree):
    sections = {entry.name: entry.source.section for entry in catalogue.entries(tree)}
    assert (sections["a"], sections["d"]) == ("Reinforcement learning", "Attention heads")


def test_a_name_that_stands_in_two_files_has_the_file_before_it(tree):
    entries = catalogue.entries(tree)
    assert [entry.name for entry in entries] == ["a", "b", "rl.z.same", "c", "d", "attention_heads.d.same"]
    assert catalogue.find("rl.z.same", entries).source.path.name == "z.py"
    assert catalogue.find("rl.z.b", entries).name == "b"


def refusal(name: str, tree: Path) -> str:
    with pytest.raises(CatalogueError) as error:
        catalogue.find(name, catalogue.entries(tree))
    return str(error.value)


def test_unknown_names_are_refused_with_what_may_have_been_meant(tree, file):
    file(exercise("2022, Exercise 2: e", "variance"), "exercises/attention_heads/e.py")
    assert refusal("varaince", tree) == "no derivation is called 'varaince'; did you mean variance?"
    assert refusal("zzzz", tree) == "no derivation is called 'zzzz'; `derivations list` shows the names"
    assert refusal("same", tree) == "'same' names 2 derivations: say rl.z.same or attention_heads.d.same"


def test_listing_the_package_gives_what_loading_it_gives():
    loaded = catalogue.load_all()
    assert [one.entry.name for one in loaded] == [entry.name for entry in catalogue.entries()]
    assert all(one.derivation.name == one.entry.name for one in loaded)
    assert all(one.derivation.statement is not None for one in loaded)


def test_a_packaged_derivation_is_loaded_by_its_name():
    for entry in catalogue.entries():
        assert catalogue.load(catalogue.find(entry.name, catalogue.entries())).derivation.name == entry.name
