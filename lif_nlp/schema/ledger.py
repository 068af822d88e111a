"""Tables of what became of recommendations."""

from __future__ import annotations

from lif_nlp.schema.model import Column, table

_ASK_ID = Column("ask_id", "text", "ID of the recommendation; it outlives a corrected file")
_ACTION_ID = Column("action_id", "text", "ID of the action; it stays the same over all versions")
_LINK_BY = Column(
    "link_by", "text", "how it was linked: number, words, vectors, group, person or none"
)
_SCORE = Column("score", "number", "how near the link is, 0 to 1")
_CONFLICT = Column("conflict", "text", "why a person should look at the link, or empty")
_SOURCE = Column("source", "text", "file and place it comes from")
_TO_DOC = Column(
    "to_doc", "text", "ID of the review it follows up, or empty where that is not clear"
)

LEDGER = (
    table(
        "asks", "one row per recommendation as printed",
        _ASK_ID, "doc_id",
        ("number", "text", "printed number or letter, or empty"),
        ("text", "text", "its words, without the label"),
        "page", "finding_id",
        ("addressees", "text", "whom it is put to, in its own words"),
        ("scope", "text", "local, or national where a national body is asked"),
        ("action_class", "text", (
            "stronger, intermediate or weaker by the words; a prompt,"
            " no grade")),
        ("class_words", "text", "the words that decided the class"),
    ),
    table(
        "follow_ups", "one row per document that follows a review up",
        "doc_id",
        ("kind", "text", "response, check or annual report"),
        _SOURCE, "title", "published", "area", _TO_DOC, _LINK_BY, _SCORE,
    ),
    table(
        "answers", "one row per recommendation and what a response says to it",
        ("answer_id", "text", "ID of the answer"),
        "doc_id", _ASK_ID,
        ("position", "text", (
            "accepted, part, principle, rejected, already, noted or none"
            " recorded")),
        ("progress", "text", "what the answer claims was done or will be, or empty"),
        "quote", "page", _LINK_BY, _SCORE, _CONFLICT,
        ("body", "text", (
            "the body that answers, in the paper's words; empty where whoever wrote the paper"
            " does")),
    ),
    table(
        "plans", "one row per action plan, across all its versions",
        ("plan_id", "text", "ID of the plan"),
        ("name", "text", "name of the plan"),
        _TO_DOC,
    ),
    table(
        "snapshots", "one row per saved version of a plan",
        ("snapshot_id", "text", "ID of the version"),
        ("plan_id", "text", "ID of the plan"),
        _SOURCE,
        ("file_hash", "text", "SHA-256 of the file"),
        ("as_of", "text", "date at which the version stood, or empty"),
        ("as_of_source", "text", "where that date comes from"),
        ("position", "integer", "order in which versions were taken in"),
    ),
    table(
        "actions", "one row per action of a plan",
        _ACTION_ID,
        ("plan_id", "text", "ID of the plan"),
        ("ref", "text", "its reference in the latest version that has it"),
        ("text", "text", "its words in that version"),
        ("owner_body", "text", "the bodies and roles responsible for it; no persons"),
        ("first_seen", "text", "date of the first version that has it"),
        ("last_seen", "text", "date of the last version that has it"),
    ),
    table(
        "action_asks", "one row per action and recommendation it answers to",
        _ACTION_ID, _ASK_ID, _LINK_BY, _SCORE, _CONFLICT,
    ),
    table(
        "states", "one row per action and version; rows are only ever added",
        _ACTION_ID,
        ("snapshot_id", "text", "ID of the version"),
        ("status", "text", "status by the file's own words and legend; done is as claimed"),
        ("raw", "text", "the words of the status cell"),
        ("colour", "text", "its fill, six hexadecimal digits, or empty"),
        ("due", "text", "the last live date it is due (ISO), or empty"),
        ("due_raw", "text", "the words of the date cell"),
        ("done", "text", "date of its end as given (ISO), or empty"),
        ("progress", "text", "the words of the progress cell"),
        ("evidence", "text", "the words of the evidence cell"),
        ("impact", "text", "the words of the impact cell: a claim, no check"),
        ("escalation", "text", "the words on barriers or escalation"),
        ("cell", "text", "sheet and cell, or row"),
        ("conflict", "text", "where word and colour disagree, or empty"),
    ),
    table(
        "checks", "one row per sentence of an audit, inspection or yearly report on practice since",
        ("check_id", "text", "ID of the check"),
        "doc_id", _ASK_ID,
        ("kind", "text", "kind of document"),
        ("verdict", "text", "improved, mixed, not embedded, too early, no evidence or not tested"),
        "quote", "page",
        ("sample", "text", "number looked at, as printed"),
        ("baseline", "text", "what it is compared with, as printed"),
        ("result", "text", "the figure, as printed"),
        ("level", "text", "process, output, practice or outcome"),
        _LINK_BY, _SCORE,
    ),
    table(
        "sent", "one row per thing sent to an audience: an output, no sign of change",
        ("sent_id", "text", "ID of the row"),
        ("subject", "text", "what was sent"),
        ("audience", "text", "to whom"),
        ("date", "text", "when (ISO)"),
        ("channel", "text", "how"),
        ("by_role", "text", "by which role"),
        ("code", "text", "code under which returns come in"),
        _SOURCE,
    ),
    table(
        "sessions", "one row per figure on a session: attendance, or evaluation by level and stage",
        ("session_id", "text", "ID of the row"),
        ("subject", "text", "session or course"),
        ("date", "text", "its date (ISO)"),
        ("agency", "text", "agency whose attendance it is, or empty"),
        ("attended", "text", "number attending"),
        ("level", "integer", "1 reaction, 2 learning, 3 behaviour, 4 outcome; 0 for attendance"),
        ("stage", "text", "before, straight after, six to eight weeks, or empty"),
        ("count", "text", "number it is based on"),
        ("result", "text", "the figure, with the name of its column"),
        _SOURCE,
    ),
    table(
        "voice", "one row per thing that a group of children or families said",
        ("voice_id", "text", "ID of the row"),
        ("group", "text", "the group"),
        ("words", "text", "what it said"),
        ("action", "text", "what was done"),
        ("change", "text", "what changed"),
        ("feedback", "text", "whether and when the group was told"),
        _SOURCE,
    ),
    table(
        "elements", "one row per requirement of the framework and the group that answers for it",
        ("requirement", "text", "R1 to R47"),
        ("wording", "text", "what the framework asks"),
        ("group", "text", "group of the partnership; empty where nobody named one"),
        ("state", "text", "state as the group gives it, or none recorded"),
        ("evidence", "text", "evidence as given"),
        ("as_of", "text", "date of the state"),
    ),
    table(
        "research", "one row per work that a report cites",
        "doc_id",
        ("citation", "text", "author and year"),
        "page", "finding_id",
    ),
    table(
        "life_lines", "one row per recommendation and stage of its life",
        _ASK_ID,
        ("number", "text", "printed number"),
        ("stage", "text", "asked, answered, action, done, checked, effect or found again"),
        ("recorded", "boolean", (
            "whether a source says anything; if not, nothing follows"
            " from that")),
        ("date", "text", "date of the record, or empty"),
        ("words", "text", "the record's words, or in what nothing is recorded and up to when"),
        _SOURCE,
    ),
    table(
        "programme", "one row per recommendation and step that a plan has for it, in printed order",
        _ASK_ID, "doc_id",
        ("number", "text", "printed number"),
        "page", "finding_id",
        ("addressees", "text", "whom it is put to, in its own words"),
        ("action_class", "text", "as in `asks`; a prompt, no grade"),
        ("class_words", "text", "the words that decided the class"),
        ("position", "text", (
            "what the responses say: after the first, 'then' for a later"
            " date, else 'also'; or empty where nothing is recorded")),
        ("action_id", "text", "ID of the step, or empty where no plan has one"),
        ("action", "text", "the step's words"),
        ("owner_body", "text", "the bodies and roles responsible for it; no persons"),
        ("due", "text", "its last live date (ISO), or empty"),
        ("status", "text", "its status in the newest version that has it; done is as claimed"),
        ("as_of", "text", "date of that version"),
        ("verdict", "text", "what the newest check saw, or empty"),
        ("absent_from", "text", "date of the newest version of its plan if that lacks it"),
    ),
    table(
        "ageing", "one row per open action with a date, the oldest first",
        _ACTION_ID,
        ("ref", "text", "its reference"),
        ("text", "text", "its words"),
        ("owner_body", "text", "the bodies and roles responsible for it"),
        ("status", "text", "status in the latest version"),
        ("due", "text", "date it was due"),
        ("days_past", "integer", "days from that date to that of the version, or negative"),
        ("as_of", "text", "date of the version"),
    ),
    table(
        "case_tracker", "one row per review in the fields of the NHS Safeguarding Case"
        " Review Tracker",
        ("local_reference", "text", "ID of the report"),
        ("status", "text", "open or closed; closed is published"),
        ("incident_date", "text", "date of the incident, if the report gives it"),
        ("partnership_board", "text", "area or partnership"),
        ("review_type", "text", "type of review"),
        ("publication_date", "text", "publication date"),
        ("report", "text", "title of the report"),
        ("recommendation_themes", "text", "practice themes of its recommendations"),
        ("actions", "text", "recommendations, numbered"),
        ("good_practice", "integer", "number of findings that describe a strength"),
        ("dissemination", "text", "what was sent about it, and when"),
    ),
)  # fmt: skip
