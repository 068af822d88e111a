"""The voice page: what children and families said, what was done, what changed."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.sections import boxes, family_voice
from lif_nlp.briefs.sections.assemble import FORM, assemble
from lif_nlp.briefs.sections.claims import Quoter, count, questions, with_role
from lif_nlp.briefs.sections.counts import reports_that
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_SPEAKERS = ("child", "children", "family", "parent", "parents")
# What shows a reader that people speak here, and that they changed more than their own plan.
_WORDS = ("‘", "“", " said that", " told ", " felt ", " feel ")
_STEPS = ("council", "co-produ", "design", "helped to", "feedback", "leaflet", "training")
_SHOWN = 4
"""Quotes of each side."""

_QUESTIONS = 3
"""Questions at the end, the first of the framework's prompts on children's words."""


_OF_OTHERS = "What children and families said"
"""Title where the answers are not ours: other areas did what they did."""

_FEWEST = 2
"""Quotes of children and families from which there is a page; below, it would speak for them."""

_NOTHING_DONE = (
    "These reports tell of no step that followed. There may have been one all the same: write "
    "down what was done here, and tell those who spoke."
)
"""In place of the half that is missing."""

_NOT_QUOTED = "What was done here? Write it down, and tell those who spoke."
"""After a count of steps of which none can be quoted; they are told all the same."""


def voice(material: Material, subject: Subject, audience: Audience) -> Brief:
    """You said, we did, it changed; each line with its source.

    What helps and what is hard follow the label of each finding, and its words must not speak
    against it: one glad word does not turn a complaint into praise.  What is told without a
    judgement follows its words.  What services say of listening is for the briefing on that theme.
    """
    rows = subject.rows
    speaks = rows["speaker"].fillna("").isin(_SPEAKERS)
    speaks &= ~rows["text"].map(family_voice.is_of_services).astype(bool)
    testimony = pd.concat([rows[speaks], _telling(rows[~speaks], family_voice.reports_voice)])
    # What children said is told once, and is no step of a service.
    strengths = with_role(rows[~rows["finding_id"].isin(testimony["finding_id"])], "strength")
    acts = _telling(strengths, family_voice.describes_response)
    about = rows[rows["finding_id"].isin(_about_voice(material))]
    rest = strengths[~strengths["finding_id"].isin(acts["finding_id"])]
    better = _telling(
        rest[rest["finding_id"].isin(about["finding_id"])], family_voice.describes_change
    )
    glad = _telling(testimony[testimony["role"].isin(["strength", "context"])],
                    family_voice.is_positive)  # fmt: skip
    hard = _telling(testimony[testimony["role"].isin(["problem", "context"])],
                    family_voice.is_negative)  # fmt: skip
    words = Subject("all", "all", subject.name, testimony, phrases=_WORDS)
    quoter = Quoter(material, words, audience.group, testimony=True)
    steps = Subject("all", "all", subject.name, acts, phrases=_STEPS)
    deeds = quoter.for_subject(steps)
    is_ours = _are_ours(material, acts)
    # What children elsewhere said is no word of "you".
    is_said_here = is_ours and _are_ours(material, pd.concat([glad, hard]))
    who = "You" if is_said_here else "Children and families"
    helps = _told(glad, quoter, _SHOWN, ("say", "what helps"))
    is_hard = _told(hard, quoter, _SHOWN, ("say", "what is hard"))
    # Praise alone is what services like to hear.
    if not is_hard or sum(line.kind == "quote" for line in (*helps, *is_hard)) < _FEWEST:
        return assemble(("voice", _OF_OTHERS), quoter, audience, [])
    followed = ("tell", "of a step that followed")
    done = _told(acts, deeds, 2, followed)
    followed_untold = f"{_lead(acts, followed)} {_NOT_QUOTED}" if len(acts) else _NOTHING_DONE
    return assemble(
        ("voice", "You said, we did" if is_said_here else _OF_OTHERS),
        quoter,
        audience,
        [
            (f"{who} said: this helps", helps),
            (f"{who} said: this is hard", is_hard),
            ("We did" if is_ours else "What was done there", done),
            ("What is different for children",
             _told(better, deeds, 2, ("tell", "of something that has changed"))),
            ("Who was told what came of it", told_back(material.voice, material.known_words)),
            ("Questions to ask", questions(material.framework.voice_prompts[:_QUESTIONS])),
            ("Our answer", [*([] if done else [count(followed_untold, acts)]), FORM]),
        ],
    )  # fmt: skip


def told_back(rows: pd.DataFrame, known: Collection[str] = frozenset()) -> list[Claim]:
    """What the partnership's own sheet records of groups that spoke, and of telling them back.

    Groups are named unless that may identify somebody; their words stay in the sheet.
    """
    if rows.empty:
        return []
    is_filled = {name: rows[name].fillna("").str.strip().ne("") for name in _KEPT}
    # A cell that says "not yet" is filled, and tells that nobody was told.
    feedback = rows["feedback"].fillna("").astype(str)
    is_open = feedback.str.contains(_NOT_YET, regex=True)
    is_told = feedback.str.contains(_TOLD, regex=True) & ~is_open
    is_told &= ~feedback.str.contains(_PERHAPS_NOT, regex=True)
    did, changed = int(is_filled["action"].sum()), int(is_filled["change"].sum())
    line = (
        f"Your sheet holds {english.some(len(rows), 'line')} on what groups said: {did} with what "
        f"was done, {changed} with what changed, {int(is_told.sum())} with a date or note "
        "that the group was told."
    )
    claims = [count(line)]
    groups = rows["group"].fillna("").str.strip()
    # A group with a note on one line has a record of it.
    open_groups = sorted(set(groups[is_open]) - set(groups[~is_open]) - {""})
    shown_groups = [group for group in open_groups if not identifying_details(group, known)]
    if len(shown_groups) < len(open_groups):
        others = len(open_groups) - len(shown_groups)
        shown_groups.append(english.some(others, "other group" if shown_groups else "group"))
    if shown_groups:
        claims.append(
            count(
                f"Nothing is recorded of telling {english.listed(shown_groups)}. That does not "
                "mean that nobody did: ask, and write it down."
            )
        )
    return claims


_KEPT = ("action", "change")
_NOT_YET = (
    r"(?i)^\W*(?:no|none|n/?a|-)?\W*$|^\W*(?:not\b|nobody|no[ -]one|nothing|none\b|tb[cad]\b|"
    r"planned|plan to|due|will\b|to (?:be|tell|do|follow)|in progress|awaiting|waiting|pending)|"
    r"\b(?:not|never|n['’]t|to be|will be) (?:yet )?(?:been )?(?:told|sent|shared|fed back)"
)
"""Cells that say that a group was not told yet, or nothing."""

_PERHAPS_NOT = (
    r"(?i)\b(?:no|not|never|nobody|nothing|outstanding|booked|plan(?:s|ned|ning)?|will|"
    r"await\w*|pending|to (?:be|go|tell|follow))\b|n['’]t\b"
)
"""Words with which a cell may speak of telling that has not been: it is not counted as told."""

_TOLD = (
    r"(?i)\d|\b(?:told|sent|shar\w+|fed back|letter|email\w*|met|meeting|visit\w*|wrote|"
    r"written|poster|newsletter|film|video|assembly|spoke|explained|reported|y|yes|done|complete\w*)\b"
)
"""Words, or a date, by which a cell says that a group was told."""


def _are_ours(material: Material, done: pd.DataFrame) -> bool:
    """Whether the steps are ours: those of other areas are no answer of ours to anybody."""
    return bool(len(done)) and set(done["doc_id"]) <= material.own_reports


def _telling(rows: pd.DataFrame, test: Callable[[str], bool]) -> pd.DataFrame:
    return rows[rows["text"].map(lambda text: test(str(text))).astype(bool)]


def _about_voice(material: Material) -> set[str]:
    """Findings on the child's voice, or on the work with families."""
    links = material.links
    own = links["theme_id"].isin(["voice_of_child", "family_engagement"])
    return set(links.loc[own, "finding_id"])


def _told(rows: pd.DataFrame, quoter: Quoter, shown: int, does: tuple[str, str]) -> list[Claim]:
    if rows.empty:
        return []
    return boxes.counted_quotes(_lead(rows, does), rows, quoter.quotes(rows, shown))


def _lead(rows: pd.DataFrame, does: tuple[str, str]) -> str:
    return f"{reports_that(rows, does[0])} {does[1]}."
