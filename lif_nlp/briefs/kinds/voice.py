"""The voice page: what children and families said, what was done, what changed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import family_voice
from lif_nlp.briefs.sections.assemble import FORM, assemble
from lif_nlp.briefs.sections.claims import Quoter, count, questions, statement, with_role
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_SPEAKERS = ("child", "children", "family", "parent", "parents")
# What shows a reader that people speak here, and that they changed more than their own plan.
_WORDS = ("‘", "“", " said that", " told ", " felt ", " feel ")
_STEPS = ("council", "co-produ", "design", "helped to", "feedback", "leaflet", "training")
_QUESTIONS = (
    "What has changed here because of something a child told us, and do they know it?",
    "Whose voice is missing: babies, disabled children, brothers and sisters, fathers?",
    "Where do children feel heard here, and what makes that possible?",
)


def voice(material: Material, subject: Subject, audience: Audience) -> Brief:
    """You said, we did, it changed; each line with its source."""
    rows = subject.rows
    speaks = rows["speaker"].fillna("").isin(_SPEAKERS)
    said = pd.concat([rows[speaks], _telling(rows[~speaks], family_voice.reports_voice)])
    answered = with_role(rows[~rows["finding_id"].isin(said["finding_id"])], "strength")
    done = _telling(answered, family_voice.describes_response)
    about = rows[rows["finding_id"].isin(_about_voice(material))]
    rest = answered[~answered["finding_id"].isin(done["finding_id"])]
    better = _telling(
        rest[rest["finding_id"].isin(about["finding_id"])], family_voice.describes_change
    )
    glad, hard = _telling(said, family_voice.is_positive), _telling(said, family_voice.is_negative)
    words = Subject("all", "all", subject.name, said, phrases=_WORDS)
    quoter = Quoter(material, words, audience.group, testimony=True)
    steps = Subject("all", "all", subject.name, done, phrases=_STEPS)
    deeds = quoter.for_subject(steps)
    asked = with_role(about, "action")
    return assemble(
        ("voice", "You said, we did"),
        quoter,
        audience,
        [
            ("You said: this helps", _told(glad, quoter, 3, ("say", "what helps"), _UNHEARD)),
            ("You said: this is hard", _told(hard, quoter, 3, ("say", "what is hard"), _NOT_HARD)),
            ("We did", [*_told(done, deeds, 3, ("describe", "a step taken in response"),
                               _NOT_DONE), *_asked(asked)]),
            ("It changed", _told(better, deeds, 2,
                                 ("describe", "something that has changed"), _UNCHANGED)),
            ("Questions to ask", questions(_QUESTIONS)),
            ("Our answer", [FORM]),
        ],
    )  # fmt: skip


_UNHEARD = "These reports do not say what children or families found helpful. Ask them."
_NOT_HARD = (
    "These reports do not say what children or families found hard. Ask them, and ask again."
)
_NOT_DONE = "No action in response to what children said is recorded. What was done?"
_UNCHANGED = "No change is recorded yet. Ask children whether it helped."


def _telling(rows: pd.DataFrame, test: Callable[[str], bool]) -> pd.DataFrame:
    return rows[rows["text"].map(lambda text: test(str(text))).astype(bool)]


def _about_voice(material: Material) -> set[str]:
    """Findings on the child's voice, or on the work with families."""
    links = material.links
    own = links["theme_id"].isin(["voice_of_child", "family_engagement"])
    return set(links.loc[own, "finding_id"])


def _told(
    rows: pd.DataFrame, quoter: Quoter, shown: int, does: tuple[str, str], nothing: str
) -> list[Claim]:
    if rows.empty:
        return [statement(nothing)]
    lead = (
        f"{english.capital(english.some(len(rows), 'finding'))} in "
        f"{english.some(rows['doc_id'].nunique(), 'report')} "
        f"{english.agree(len(rows), does[0])} {does[1]}."
    )
    return [count(lead, rows), *quoter.quotes(rows, shown)]


def _asked(rows: pd.DataFrame) -> list[Claim]:
    """How many steps were only asked for."""
    if rows.empty:
        return []
    verb = english.agree(len(rows), "recommend")
    told = f"{english.capital(english.some(len(rows), 'more finding'))} only {verb} action."
    return [count(told, rows)]
