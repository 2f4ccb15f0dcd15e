"""What was checked before is not checked again; whatever it rests on counts."""

import json
import shutil
from pathlib import Path

import pytest

from derivations.sheets import cache, compose, model
from derivations.sheets.cache import PACKAGE, Cache

from .examples import loaded, report, small_chain

LOGITS = "exercises/attention/logits.py"


@pytest.fixture
def package(tmp_path):
    """A copy of the package, to be edited."""
    shutil.copytree(PACKAGE, tmp_path / "derivations", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "derivations"


def key(package: Path, name: str = LOGITS, variation: str = "") -> str | None:
    return Cache(None, variation, package).key(package / name)


@pytest.mark.parametrize("edited", [
    LOGITS, "exercises/attention/attention_matrix.py", "rules/variances.py", "kernel/link.py", "models/search.py",
    "reproduce/link.py", "terms/sums.py", "sheets/compose.py",
])  # fmt: skip
def test_a_change_in_what_it_depends_on_changes_the_key(package, edited):
    before = key(package)
    with (package / edited).open("a") as file:
        file.write("# another line\n")
    assert before is not None
    assert key(package) != before


def test_a_change_elsewhere_does_not(package):
    before = key(package)
    with (package / "exercises/attention/rescaling.py").open("a") as file:
        file.write("# another line\n")
    assert key(package) == before


def test_a_new_rule_and_another_way_of_checking_change_it(package):
    before = key(package)
    assert key(package, variation="without SymPy") != before
    (package / "rules" / "new.py").write_text("")
    assert key(package) != before


def test_other_versions_of_the_libraries_change_it(package, monkeypatch):
    before = key(package)
    monkeypatch.setattr(cache, "_versions", lambda: "sympy-2.0")
    assert key(package) != before


@pytest.mark.parametrize("line", ["import numpy", "from . import x", "data = open('x')", "exec('1')", "import os"])
def test_what_may_read_something_else_is_checked_each_time(tmp_path, line):
    (tmp_path / "mine.py").write_text(f"from derivations import *\n{line}\n")
    assert Cache(None).key(tmp_path / "mine.py") is None


def test_a_file_beside_it_counts(tmp_path):
    (tmp_path / "mine.py").write_text("import helper\n")
    (tmp_path / "helper.py").write_text("a = 1\n")
    before = Cache(None).key(tmp_path / "mine.py")
    (tmp_path / "helper.py").write_text("a = 2\n")
    assert before is not None
    assert Cache(None).key(tmp_path / "mine.py") != before


@pytest.mark.parametrize("line", [
    "from package import helper", "from package.helper import a", "import package.helper", "from package import a",
    "from package.inner import helper", "import beside",
])  # fmt: skip
@pytest.mark.parametrize("edited", ["package/__init__.py", "package/helper.py"])
def test_what_is_imported_of_a_package_counts(tmp_path, line, edited):
    (tmp_path / "package" / "inner").mkdir(parents=True)
    (tmp_path / "package" / "__init__.py").write_text("from package.helper import a\n")
    (tmp_path / "package" / "helper.py").write_text("a = 1\n")
    (tmp_path / "package" / "inner" / "__init__.py").write_text("")
    (tmp_path / "package" / "inner" / "helper.py").write_text("from package import helper\n")
    (tmp_path / "beside.py").write_text("from package import helper\n")
    (tmp_path / "mine.py").write_text(f"from derivations import *\n{line}\n")
    before = Cache(None).key(tmp_path / "mine.py")
    (tmp_path / edited).write_text((tmp_path / edited).read_text() + "b = 2\n")
    assert before is not None
    assert Cache(None).key(tmp_path / "mine.py") != before


def test_what_files_import_is_remembered_and_a_damaged_memory_is_not_believed(tmp_path, package):
    def remembered() -> str | None:
        made = Cache(tmp_path / "cache", package=package)
        found = made.key(package / LOGITS)
        made.remember()
        return found

    before = remembered()
    assert before == key(package) == remembered()
    (memory,) = (tmp_path / "cache").iterdir()
    for content in (b"", b"[]", memory.read_bytes().replace(b"attention_matrix", b"two_rows"), b'{"engine": 1}'):
        memory.write_bytes(content)
        assert remembered() == before
    with (package / "exercises/attention/attention_matrix.py").open("a") as file:
        file.write("import os\n")
    assert remembered() is None


# -- keeping ---------------------------------------------------------------------------------
def piece(**changes):
    chain = small_chain()
    return compose.piece(loaded(chain).entry.source, [(loaded(chain), report(chain, **changes))])


@pytest.fixture
def kept(tmp_path):
    (tmp_path / "mine.py").write_text("")
    made = Cache(tmp_path / "cache")
    made.keep(tmp_path / "mine.py", "k", piece())
    return made


def stored(kept: Cache) -> Path:
    (path,) = kept.place.iterdir()
    return path


def test_a_piece_is_found_under_its_key(kept, tmp_path):
    assert kept.get(tmp_path / "mine.py", "k") == piece()
    assert kept.get(tmp_path / "mine.py", "other") is None
    assert model.read(json.loads(json.dumps(model.plain(piece())))) == piece()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff", b'{"key": "k"}', b'{"key": "k", "sum": "", "piece": 3}']
)
def test_a_damaged_file_is_as_good_as_none(kept, tmp_path, content):
    stored(kept).write_bytes(content)
    assert kept.get(tmp_path / "mine.py", "k") is None


def test_a_file_in_which_a_letter_has_changed_is_not_believed(kept, tmp_path):
    stored(kept).write_text(stored(kept).read_text().replace("x x - y", "x x + y"))
    assert kept.get(tmp_path / "mine.py", "k") is None


def test_only_what_is_proved_is_kept(tmp_path):
    from derivations.kernel.report import Verdict

    kept = Cache(tmp_path / "cache")
    kept.keep(tmp_path / "mine.py", "k", piece(verdict=Verdict.OPEN))
    assert not (tmp_path / "cache").exists()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "cache").write_text("in the way")
    kept = Cache(tmp_path / "cache")
    kept.keep(tmp_path / "mine.py", "k", piece())
    assert kept.get(tmp_path / "mine.py", "k") is None
