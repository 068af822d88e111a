"""Frames that answer one question: a search, a comparison, a check, an evaluation."""

from __future__ import annotations

from lif_nlp.schema.model import table

ANSWERS = (
    table(
        "comparison", "one row per theme: our area's reports and all others compared",
        "theme_id", "name",
        ("our_reports", "integer", "our reports that mention it"),
        ("of_our_reports", "integer", "all our reports"),
        ("our_share", "number", "our_reports / of_our_reports, 0 to 1"),
        ("our_low", "number", "lower end of the 95% interval of our_share"),
        ("our_high", "number", "upper end of the 95% interval of our_share"),
        ("other_reports", "integer", "other reports that mention it"),
        ("of_other_reports", "integer", "all other reports"),
        ("other_share", "number", "other_reports / of_other_reports, 0 to 1"),
        ("other_low", "number", "lower end of the 95% interval of other_share"),
        ("other_high", "number", "upper end of the 95% interval of other_share"),
        ("change", "number", "our share minus the others' share, -1 to 1"),
        "change_low", "change_high", "type_shift",
        ("conclusion", "text", "what the figures support, e.g. more often in ours"),
    ),
    table(
        "search_results", "one row per finding, nearest in meaning first",
        "finding_id",
        ("score", "number", "similarity to the words searched for, with a bonus for exact matches"),
        "title", "source", "page", "role", "text",
    ),
    table(
        "blocks", "one row per block of a report, in reading order",
        "page",
        ("kind", "text", "heading, paragraph, bullet, table_row or note"),
        ("number", "text", "printed number, if there is one"),
        "heading", "text",
        ("boilerplate", "text", "type of boilerplate if the block gives no findings, else empty"),
    ),
    table(
        "hindsight_questions", "one row per instance of hindsight wording",
        "title", "page", "text",
        ("wording", "text", "the words that earned the label"),
        ("code", "text", "type of hindsight wording"),
        ("question", "text", "question that asks how things looked at the time"),
        "finding_id",
    ),
    table(
        "report_check", "one row per note on a draft report",
        ("part", "text", "part of the check: Framework check or Hindsight notes"),
        ("note", "text", "the requirement and what is missing, or a question on a wording"),
        "page", "quote",
    ),
    table(
        "text_labels", "one row per text, in the order given",
        ("id", "text", "position in the list, counted from 0"),
        "hindsight", "aware", "role", "why", "priorities", "themes", "actor", "note", "agencies",
        ("scores", "list", "confidence by label, 0 to 1, as a dictionary"),
        ("text", "text", "the text as given"),
    ),
    table(
        "gold_scores", "one row per label measured on gold",
        ("measure", "text", "what is measured: hindsight, role, why ..."),
        ("label", "text", "the label"),
        ("precision", "number", "share of the labels given that are right, 0 to 1"),
        ("recall", "number", "share of the right labels that were given, 0 to 1"),
        ("f1", "number", "harmonic mean of precision and recall, 0 to 1"),
        ("low", "number", "lower end of the 95% interval of f1"),
        ("high", "number", "upper end of the 95% interval of f1"),
        ("support", "integer", "number of gold items that carry the label"),
        ("baseline", "number", "f1 of plain keyword lists on the same items"),
    ),
    table(
        "agreement", "one row per code, most used first",
        ("code", "text", "the code"),
        ("first", "integer", "findings to which the first reader gave the code"),
        ("second", "integer", "findings to which the second reader gave the code"),
        ("units", "integer", "findings that both read and at least one coded"),
        ("agreement", "number", "share of those findings on which they agree, 0 to 1"),
        ("kappa", "number", "Cohen's kappa: 1 is full agreement, 0 is chance"),
        ("alpha", "number", "Krippendorff's alpha: 1 is full agreement, 0 is chance"),
    ),
)  # fmt: skip
