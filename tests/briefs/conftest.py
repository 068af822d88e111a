"""An invented workspace: twelve reports of Eastmarsh and Norhaven over nine years."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from lif_nlp.framework import load_framework
from lif_nlp.synthesis import TABLES
from lif_nlp.workflow.material_cache import MaterialCache, prepare_material

SHARE, VOICE = "information_sharing", "voice_of_child"

# (role, themes, priorities, agencies, why, hindsight, text); spread over the reports in turn.
SENTENCES = [
    ("strength", [SHARE], ["neglect"], ["police", "education"], False, [],
     "Police officers tell schools about overnight incidents before registration, so that "
     "children are met by an adult who knows."),
    ("strength", [SHARE], [], ["gp"], False, [],
     "General practices send a short summary to the hub on the same day when they are asked."),
    ("strength", [SHARE, VOICE], ["neglect"], ["health_community"], True, [],
     "Health visitors know the families in their area well because caseloads have stayed stable."),
    ("strength", [VOICE], ["neglect"], ["social_care"], False, [],
     "Social workers use drawings and play well to learn what a day at home is like for children."),
    ("strength", [SHARE], [], ["mash"], False, [],
     "Daily meetings at the front door bring together what each agency already knows."),
    ("problem", [SHARE], ["neglect"], ["acute_health"], False, [],
     "Hospital staff do not always share discharge letters with school nurses in good time."),
    ("problem", [SHARE], ["domestic_abuse"], ["police"], True, [],
     "Notifications of domestic incidents reach health visitors late because the police system "
     "cannot send them automatically."),
    ("problem", [SHARE], ["neglect"], ["education"], True, [],
     "Schools hold back early worries about home conditions because staff believe that consent "
     "is always needed."),
    ("problem", [SHARE], [], ["gp"], False, [],
     "General practitioners are rarely invited to strategy meetings about children they know."),
    ("problem", [VOICE], ["neglect"], ["social_care"], False, [],
     "Plans describe the worries of parents at length and say little about the child's own day."),
    ("problem", [SHARE], [], ["housing"], False, ["blame"],
     "Housing officers failed to pass on their worries about the home."),
    ("problem", [SHARE], [], ["mash"], False, ["counterfactual"],
     "The hub should have been told of the earlier referrals."),
    ("problem", [SHARE], [], ["social_care"], False, [],
     "This was not always passed on to the allocated social worker in the locality team."),
    ("problem", [SHARE], [], ["maternity"], False, [],
     "The 3-year-old boy known as Child Q was seen by Dr Vale on 4 March and nobody was told."),
    ("action", [SHARE], ["neglect"], ["partnership"], False, [],
     "The partnership should agree how discharge letters reach school nurses within two days."),
    ("action", [SHARE], [], ["police"], False, [],
     "Since the review the police have begun to send notifications to every school each morning."),
    ("context", [], [], [], False, [], "The family had lived in the area for some years."),
]  # fmt: skip


def invented(sentences=SENTENCES, reports=12):
    """Frames and texts of a workspace in which every third sentence stands in a report."""
    documents, findings, texts = [], [], {}
    kinds = ("jtai", "ilacs", "lcspr", "multi_agency_audit")
    for n in range(reports):
        doc_id, year = f"d-{n:02}", 2015 + n * 9 // max(1, reports)
        area = "Eastmarsh" if n % 2 else "Norhaven"
        title = f"Joint review of help and protection for children in {area} {n + 1}"
        documents.append(
            {"doc_id": doc_id, "source": f"{doc_id}.pdf", "title": title,
             "review_type": kinds[n % 4], "published": f"{year}-03-09", "year": year, "area": area,
             "pages": 6, "words": 900, "status": "ok", "reason": ""}
        )  # fmt: skip
        text = f"{title}\n"
        for at, (role, themes, harms, agencies, why, hindsight, words) in enumerate(sentences):
            if (at + n) % 3 and reports > 1:
                continue
            start, text = len(text), text + words + "\n"
            findings.append(
                {"finding_id": f"{doc_id}:{start}-{start + len(words)}", "doc_id": doc_id,
                 "source": f"{doc_id}.pdf", "page": 1 + at // 5, "page_end": 1 + at // 5,
                 "paragraph": f"{at // 5 + 1}.{at % 5 + 1}", "heading": "Findings",
                 "kind": "paragraph", "text": words, "role": role, "why": why,
                 "reasons": ("system",) if why else (), "hindsight": tuple(hindsight),
                 "aware": False, "speaker": "", "agencies": tuple(agencies),
                 "priorities": tuple(harms), "sub_areas": (), "themes": tuple(themes),
                 "start": start, "end": start + len(words)}
            )  # fmt: skip
        texts[doc_id] = text
    return tables_of(documents, findings), texts


def tables_of(documents, findings):
    """The store's frames of these rows, with the known themes assigned."""
    links = [
        {"finding_id": row["finding_id"], "theme_id": theme, "confidence": 0.9, "by": "machine"}
        for row in findings
        for theme in row["themes"]
    ]
    themes = [
        {"theme_id": code, "name": name, "kind": "known", "parent": "", "status": "proposed",
         "terms": (), "exemplars": ()}
        for code, name in ((SHARE, "Information sharing"), (VOICE, "Voice of the child"))
    ]  # fmt: skip
    actions = [row for row in findings if row["role"] == "action"]
    return {
        "documents": pd.DataFrame(documents),
        "findings": pd.DataFrame(findings),
        "themes": pd.DataFrame(themes),
        "assignments": pd.DataFrame(links),
        "recommendations": pd.DataFrame(
            [{k: row[k] for k in ("finding_id", "doc_id", "page", "text")} for row in actions]
        ),
    }


@pytest.fixture(scope="session")
def framework():
    return load_framework()


@pytest.fixture(scope="session")
def workspace():
    return invented()


@pytest.fixture(scope="session")
def material(workspace, framework):
    """Everything a kind of brief may draw on."""
    from lif_nlp.briefs.kinds import Kind

    every = Kind("any", "Any", lambda *_: None, tables=tuple(TABLES))
    return prepare_material(workspace[0], framework, every, created="2026-01-05", run_id="r-7")


@pytest.fixture
def make(workspace, framework, tmp_path: Path):
    """Makes a brief of the invented workspace and returns its path(s)."""
    from lif_nlp.briefs import BriefRequest
    from lif_nlp.config import Branding
    from lif_nlp.local_card import Card
    from lif_nlp.workflow.make_brief import make_brief

    # both defaults are frozen
    def write(tables=workspace, *, branding=Branding(), card=Card(), **options):  # noqa: B008
        frames, texts = tables
        request = BriefRequest(**{"formats": ("html",), "out": tmp_path} | options)
        files = make_brief(
            request,
            cache=MaterialCache(frames, framework),
            text_of=texts.__getitem__,
            branding=branding,
            card=card,
            run_id="r-7",
            created="2026-01-05",
        )
        return [file.path for file in files]

    return write


@pytest.fixture(scope="session")
def sample(mined_sample, tmp_path_factory):
    """The sample reports with the profile "fast", for all tests of briefs."""
    from tests.briefs.golden import Sample

    sample = Sample(shutil.copytree(mined_sample, tmp_path_factory.mktemp("sample") / "w"))
    yield sample
    sample.close()
