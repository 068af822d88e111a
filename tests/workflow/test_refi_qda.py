"""Coded reports go to another program and come back with what people did there."""

import re
import zipfile

import pytest

from lif_nlp.errors import LifError, UnknownNameError, UnreadableError
from lif_nlp.interchange.refi_qda.codebook import read_codebook, theme_guid
from lif_nlp.interchange.refi_qda.project_reader import read_project
from lif_nlp.workflow.export import export
from lif_nlp.workflow.review import export_review
from lif_nlp.workflow.tables import table
from tests.conftest import REVIEW
from tests.workflow.conftest import build, take

SHARING, RECORDING = "information_sharing", "recording"
READER = "00000000-0000-4000-8000-000000000001"
USER = f'<User guid="{READER}" name="A. Reader"/>'


@pytest.fixture
def coded(built, tmp_path):
    path = tmp_path / "coded.qdpx"
    export(built, "assignments", path)
    return path


def change(path, *pairs):
    """Replace words of the project file, as another program would write it."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    qde = held["project.qde"].decode("utf-8")
    for old, new in pairs:
        assert old in qde, old
        qde = qde.replace(old, new, 1)
    held["project.qde"] = qde.encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def coded_by_a_person(coding, theme_id):
    """The coding once more, by A. Reader and for another theme."""
    mine = re.sub(r'creatingUser="[^"]+"', f'creatingUser="{READER}"', coding)
    mine = re.sub(r'targetGUID="[^"]+"', f'targetGUID="{theme_guid(theme_id)}"', mine)
    return mine.replace('guid="', 'guid="0')


def codings(path):
    with zipfile.ZipFile(path) as archive:
        qde = archive.read("project.qde").decode("utf-8")
    return re.findall(r"<PlainTextSelection.*?</PlainTextSelection>", qde, re.DOTALL)


def by_person(session):
    given = session.store.themes().assignments
    return {(a.finding_id, a.theme_id) for a in given if a.by == "person"}


def test_what_is_exported_is_what_is_read_back(built, coded):
    held = read_project(coded)
    texts = {s.source_id: s.text for s in held.sources}
    codes = {theme_guid(t.theme_id): t.theme_id for t in built.store.themes().themes}
    found = table(built, "findings").set_index("finding_id")["text"]
    given = table(built, "assignments")
    assert sorted(
        (codes[c.code], texts[c.source][c.start : c.end]) for c in held.codings
    ) == sorted((row.theme_id, found[row.finding_id]) for row in given.itertuples())
    assert {c.author for c in held.codings} == {"lif_nlp"}


def test_a_project_that_nobody_touched_changes_nothing(built, coded):
    before = built.store.themes()
    done = take(built, coded)
    assert (done.edits, done.conflicts, done.disagreements) == (0, (), ())
    assert built.store.themes() == before


def test_codings_of_people_come_back_with_their_names(built, coded):
    first = codings(coded)[0]
    mine = coded_by_a_person(first, RECORDING)
    change(coded, ("<Users>", f"<Users>{USER}"), (first, f"{first}{mine}"))

    assert take(built, coded).edits == 1
    [edit] = built.store.edits()
    assert (edit.action, edit.theme_id, edit.author) == ("add", RECORDING, "A. Reader")
    assert (edit.finding_ids[0], RECORDING) in by_person(built)
    assert take(built, coded).edits == 0

    export(built, "assignments", coded)
    assert {c.author for c in read_project(coded).codings} == {"lif_nlp", "A. Reader"}


@pytest.mark.parametrize("name", ["a_copy.md", "z_copy.md"])
def test_a_persons_coding_goes_to_the_report_that_counts_not_to_its_copy(
    session, reports, tmp_path, name
):
    (reports / name).write_text(f"{REVIEW}\n\n", encoding="utf-8")
    build(session, reports)
    path = tmp_path / "coded.qdpx"
    export(session, "assignments", path)
    first = codings(path)[0]
    mine = coded_by_a_person(first, RECORDING)
    change(path, ("<Users>", f"<Users>{USER}"), (first, f"{first}{mine}"))
    take(session, path)
    [edit] = session.store.edits()
    documents = session.store.frame("documents").set_index("doc_id")
    assert documents.loc[edit.finding_ids[0].partition(":")[0], "duplicate_of"] == ""


def test_a_coding_that_was_taken_away_and_a_code_that_was_renamed(built, coded):
    gone = next(c for c in codings(coded) if theme_guid(SHARING) in c)
    name = next(t.name for t in built.store.themes().themes if t.theme_id == SHARING)
    change(coded, (gone, ""), (f'name="{name}"', 'name="Telling each other"'))
    done = take(built, coded, author="AB")
    assert (done.edits, done.conflicts) == (2, ())
    rename, removed = built.store.edits()
    assert (rename.action, rename.value) == ("rename", "Telling each other")
    assert (removed.action, removed.theme_id, removed.value) == ("reassign", SHARING, "")


def test_a_new_code_becomes_a_theme(built, coded):
    first = codings(coded)[0]
    code = '<Code guid="00000000-0000-4000-8000-000000000002" name="Kettles" isCodable="true"/>'
    mine = re.sub(r'targetGUID="[^"]+"', 'targetGUID="00000000-0000-4000-8000-000000000002"', first)
    mine = re.sub(r'creatingUser="[^"]+"', f'creatingUser="{READER}"', mine)
    change(coded, ("<Codes>", f"<Codes>{code}"), ("<Users>", f"<Users>{USER}"),
           (first, first + mine))  # fmt: skip
    take(built, coded)
    [theme] = [t for t in built.store.themes().themes if t.name == "Kettles"]
    assert (theme.status, len(theme.exemplars)) == ("approved", 1)


def test_a_coding_that_only_touches_a_finding_is_none_of_it(built, coded):
    first = codings(coded)[0]
    mine = coded_by_a_person(first, RECORDING)
    finding, wider = re.search(r'endPosition="(\d+)"', mine), 20
    mine = mine.replace(finding[0], f'endPosition="{int(finding[1]) + wider}"')
    change(coded, ("<Users>", f"<Users>{USER}"), (first, f"{first}{mine}"))
    take(built, coded)
    [edit] = built.store.edits()
    assert [f.rpartition("-")[2] for f in edit.finding_ids] == [finding[1]]


def test_where_a_coder_has_nothing_left_nothing_was_taken_back(built, coded):
    every = codings(coded)
    mine = coded_by_a_person(every[0], RECORDING)
    change(coded, ("<Users>", f"<Users>{USER}"), (every[0], mine), *((c, "") for c in every[1:]))
    assert take(built, coded).edits == 1


def test_a_code_that_is_not_in_the_file_is_left_as_it_is(built, coded):
    gone = [c for c in codings(coded) if theme_guid(RECORDING) in c]
    code = f'guid="{theme_guid(RECORDING)}" name="Recording"'
    change(coded, *((c, "") for c in gone), (code, f'guid="{READER}" name="Kettles"'))
    assert gone and take(built, coded).edits == 0


def test_a_coding_with_a_code_that_the_codebook_lacks_is_told(built, coded):
    first = codings(coded)[0]
    mine = coded_by_a_person(first, "no such theme")
    change(coded, ("<Users>", f"<Users>{USER}"), (first, f"{first}{mine}"))
    assert take(built, coded).notices == (
        "1 codings name a code that is not in the file's codebook",
    )


def test_what_cannot_be_placed_is_told(built, coded, tmp_path):
    first = codings(coded)[0]
    nowhere = re.sub(r'endPosition="\d+"', 'endPosition="1"',
                     re.sub(r'startPosition="\d+"', 'startPosition="0"', first))  # fmt: skip
    change(coded, (first, first + nowhere))
    [told] = take(built, coded).notices
    assert "characters 0 to 1: there is no finding there" in told

    with zipfile.ZipFile(coded, "a") as archive:
        [*_, name] = (n for n in archive.namelist() if n.endswith(".txt"))
    changed = tmp_path / "changed.qdpx"
    with zipfile.ZipFile(coded) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry) if entry != name else b"Rewritten.")
    assert any("its text was changed" in told for told in take(built, changed).notices)


def test_machine_codings_without_a_coder_are_not_taken_for_a_persons(built, coded):
    change(coded, ('name="lif_nlp"/>', 'name="Imported"/>'))
    done = take(built, coded)
    count = len(built.store.themes().assignments)
    assert done.edits == 0
    assert done.notices == (
        f"{count} codings are the machine's own, and the file does not say who checked them; "
        "they are unchanged",
    )
    assert by_person(built) == set()


def test_a_codebook_goes_out_and_comes_in(built, tmp_path):
    path = tmp_path / "themes.qdc"
    assert export(built, "themes", path) == len(built.store.themes().themes)
    meanings = {c.name: c.description for c in read_codebook(path)}
    told = {t.name: t.definition for t in built.framework.themes}
    assert meanings["Information sharing"] == told["Information sharing"]
    text = path.read_text("utf-8").replace('name="Recording"', 'name="What is written"')
    new = '<Code guid="{00000000-0000-4000-8000-000000000002}" name="Kettles" isCodable="true"/>'
    path.write_text(text.replace("</Codes>", f"{new}</Codes>"), "utf-8")
    take(built, path, author="AB")
    names = {t.name: t for t in built.store.themes().themes}
    assert names["Kettles"].status == "approved"
    assert [e.action for e in built.store.edits()][-1] == "create"


def test_wrong_files_are_refused_with_what_to_do(built, filled, tmp_path):
    with pytest.raises(UnknownNameError) as caught:
        export(built, "findings", tmp_path / "a.qdpx")
    assert str(caught.value) == (
        "unknown file type '.qdpx'; choose one of: .csv, .parquet, .xlsx, .jsonl"
    )
    with pytest.raises(UnknownNameError, match=r"choose one of: \.xlsx, \.qdpx"):
        export_review(built, tmp_path / "a.docx")
    (tmp_path / "b.qdpx").write_text("nothing")
    with pytest.raises(UnreadableError, match="not a REFI-QDA project"):
        take(built, tmp_path / "b.qdpx")


def test_without_themes_there_is_nothing_to_export(filled, tmp_path):
    with pytest.raises(LifError, match="there are no themes to export yet; run: lif themes"):
        export(filled, "themes", tmp_path / "a.qdc")
