"""Frames in, frames out: what a notebook asks of a workspace."""

import docx
import pandas as pd
import pytest

from lif_nlp import LifError, Workspace, load_sample
from lif_nlp.errors import UnknownNameError


def review_id(ws):
    documents = ws.documents()
    return documents.loc[documents["title"].str.contains("Child K"), "doc_id"].item()


def test_what_could_not_be_read_stands_in_the_documents_with_its_reason(ws):
    documents = ws.documents()

    refused = documents[documents["status"] == "quarantined"]
    names = [source.rsplit("/")[-1] for source in refused["source"]]
    assert names == ["empty.txt", "false.pdf"]
    assert refused["reason"].map(bool).all()


def test_findings_are_given_however_many_files_were_quarantined(ws):
    assert (ws.documents()["status"] == "quarantined").sum() == 2
    assert (ws.findings()["title"] != "").all()


def test_a_path_with_a_slip_is_refused_at_once(ws, tmp_path):
    with pytest.raises(LifError, match=r"no such file or folder; check the spelling"):
        ws.add(tmp_path / "reprots")


def test_findings_are_narrowed_by_all_conditions_given(ws):
    found = ws.findings(role="problem", agency="police", report=review_id(ws))

    assert found["text"].tolist() == [
        "The police failed to tell the school about the domestic abuse incident on the Friday "
        "night."
    ]
    assert found["title"].item() == "Local child safeguarding practice review: Child K"


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ({"role": "weakness"}, "unknown role 'weakness'; choose one of: strength, problem"),
        ({"priority": "neglct"}, r"unknown priority 'neglct'; did you mean neglect \(Neglect\)\?"),
        ({"report": "d-0"}, "unknown report 'd-0'"),
    ],
)
def test_an_unknown_name_is_refused_with_those_that_are_there(ws, condition, message):
    with pytest.raises(UnknownNameError, match=message):
        ws.findings(**condition)


def test_hindsight_wording_becomes_a_question(ws):
    asked = ws.questions(review_id(ws)).set_index("wording")

    assert asked.loc["failed to", "question"] == "What did this compete with on that shift?"
    assert set(asked["code"]) == {"blame", "counterfactual"}


def test_blocks_show_how_a_report_was_read(ws):
    blocks = ws.blocks(review_id(ws))

    headings = blocks.loc[blocks["kind"] == "heading", "text"]
    assert "Good practice" in headings.tolist()
    assert (blocks["page"] >= 1).all()


def test_themes_that_do_not_return_are_hidden_unless_asked_for(ws):
    built = ws._session.store.themes()
    from dataclasses import replace

    shaky = replace(built.themes[0], stability=0.2)
    ws._session.store.save_themes(replace(built, themes=(shaky, *built.themes[1:])))

    assert shaky.theme_id not in set(ws.themes()["theme_id"])
    assert shaky.theme_id in set(ws.themes(shown_only=False)["theme_id"])


def test_a_frame_of_coroners_reports_is_read_as_it_comes(ws):
    reports = pd.DataFrame(
        {
            "url": ["https://example.org/1"],
            "id": ["2024-0001"],
            "date": [pd.Timestamp("2024-03-05")],
            "coroner": ["A. Example"],
            "area": ["Castlewick"],
            "receiver": ["A trust"],
            "investigation": ["An inquest was opened into the death of a child."],
            "circumstances": ["The child was seen twice that week by two services."],
            "concerns": ["The health visitor could not see the hospital's record of bruising."],
        }
    )

    documents = ws.add_frame(reports)

    added = documents[documents["title"].str.contains("2024-0001")]
    assert added[["published", "area"]].to_numpy().tolist() == [["2024-03-05", "Castlewick"]]
    texts = ws.findings(report=added["doc_id"].item())["text"]
    assert "The health visitor could not see the hospital's record of bruising." in texts.tolist()


def test_a_frame_without_the_needed_columns_is_refused(ws):
    with pytest.raises(LifError, match="the frame lacks the column 'circumstances'; it needs"):
        ws.add_frame(pd.DataFrame({"concerns": ["x"]}))


def test_review_goes_out_and_comes_back(ws, tmp_path):
    from openpyxl import load_workbook

    path = tmp_path / "review.xlsx"
    ws.export_review(path)
    book = load_workbook(path)
    sheet = book["Themes"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    theme = sheet.cell(row=2, column=heads["theme_id"]).value
    sheet.cell(row=2, column=heads["new_name"]).value = "Telling each other"
    book.save(path)

    done = ws.import_review(path, author="A. Reader")

    assert (done.edits, done.conflicts) == (1, ())
    names = ws.themes().set_index("theme_id")["name"]
    assert names[theme] == "Telling each other"


def test_purge_takes_a_report_out_and_names_briefs_to_withdraw(ws):
    written = ws.brief(priority="neglect")
    doc_id = review_id(ws)

    assert ws.purge(doc_id) == [str(path) for path in written]
    assert doc_id not in set(ws.documents()["doc_id"])


def test_a_training_pack_comes_as_word_too(ws):
    [path] = ws.brief(kind="training", format="docx")

    word = docx.Document(str(path))
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert [heading.partition(". ")[2] for heading in headings] == [
        "Who needs to learn what",
        "Objectives",
        "Before and after (6 minutes)",
        "What the reports say (10 minutes)",
        "Practise with a story (30 minutes)",
        "End the story safely (5 minutes)",
        "A short quiz (10 minutes)",
        "Ask again after six to eight weeks",
        "Follow up",
        "For the trainer: answers to the quiz (5 minutes)",
    ]
    assert [cell.text for cell in word.tables[-1].rows[0].cells] == [
        "Theme", "Group", "Reports", "Problems", "Strengths",
    ]  # fmt: skip
    assert len(word.tables[-1].rows) > 1


def test_a_brief_on_one_report_is_asked_for_by_its_id(ws):
    [path] = ws.brief(report=review_id(ws), format="md")

    assert path.stem == f"seven-minute-report-{review_id(ws)}"
    with pytest.warns(
        DeprecationWarning, match=r"brief\(document=\) is deprecated .*; use report="
    ):
        assert list(ws.brief(document=review_id(ws), format="md")) == [path]


def test_progress_is_told_to_the_function_given(ws, tmp_path):
    (tmp_path / "new.md").write_text("# A review\n\nStaff listened well.\n", encoding="utf-8")
    told = []

    ws.add(tmp_path / "new.md", progress=lambda *news: told.append(news))

    assert told == [("reading", 1, 1)]


def test_a_framework_file_of_another_partnership_changes_priorities(ws, tmp_path):
    ours = tmp_path / "ours.toml"
    ours.write_text('based_on = "nelscp"\nleave_out = ["priorities.neglect"]\n', encoding="utf-8")
    ws.close()

    with Workspace(ws.folder, encoder="hashed", framework=ours) as again:
        assert [p.id for p in again.framework.priorities] == ["sexual_harm", "domestic_abuse"]


def test_an_area_is_compared_with_the_others(ws):
    areas = [area for area in ws.documents()["area"] if area]
    compared = ws.compare(areas[0], role="")
    assert "Recording" in compared["name"].tolist()
    assert set(compared["conclusion"]) == {"too few reports"}
    with pytest.raises(UnknownNameError, match="unknown area 'Nowhere'"):
        ws.compare("Nowhere")


def test_the_sample_is_not_added_to_a_workspace_of_other_reports(ws):
    before = len(ws.documents())
    with pytest.raises(LifError, match="holds other reports, and the sample is fiction"):
        load_sample(ws.folder, encoder="hashed")
    assert len(ws.documents()) == before
