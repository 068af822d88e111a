"""Compares the stability and readability of our themes with plain BERTopic, on equal vectors.

    python scripts/compare_topics.py WORKSPACE [--drops 5]

Leaves out a random tenth of the documents several times, builds both again, and prints
for each method: the number of themes, the share that return (overlap of at least 0.5), the
adjusted mutual information of the assignments, and NPMI coherence and diversity of the terms.
Terms are taken twice: those that a method gives its themes itself ("own"), and the ten phrases
with the highest class tf-idf, which are computed the same way for both ("equal").  BERTopic runs
with its defaults on the findings that no code explains, as our emergent themes do.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lif_nlp.evaluate.topic_quality import (
    TOP_TERMS,
    npmi_coherence,
    share_returning,
    topic_diversity,
)
from lif_nlp.framework import load_framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding
from lif_nlp.text.folding import fold_phrase
from lif_nlp.text.phrase_matching import PhraseMatcher
from lif_nlp.themes import build_themes, shown_themes
from lif_nlp.themes.build import unexplained
from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.discovery.phrases import phrases

DOCUMENTS_LEFT_OUT = 10
"""One in so many documents is left out."""

SEED = 7
"""Of the choice of documents."""

Members = dict[str, set[str]]
"""Finding ids of each theme."""


@dataclass(frozen=True)
class Build:
    """One build: all themes shown, those of them that were discovered, and their own terms."""

    shown: Members
    discovered: Members
    terms: dict[str, list[str]]


def main() -> None:
    """Read the workspace, compare, and print one JSON object per method."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--drops", type=int, default=5)
    args = parser.parse_args()
    from lif_nlp.embed import load_encoder
    from lif_nlp.store import Store

    with Store(args.workspace) as store:
        findings = sorted(store.findings(), key=lambda f: f.finding_id)
        encode = store.encode_with(load_encoder("minilm"))
        vectors = np.asarray(encode([f.text for f in findings]))
    for method, figures in compare(findings, vectors, args.drops).items():
        print(json.dumps({"method": method, **figures}))


def compare(findings: Sequence[Finding], vectors: Vectors, drops: int) -> dict[str, dict[str, Any]]:
    """Figures of both methods over the same samples of documents."""
    corpus = sort_corpus(findings, vectors)
    pool = unexplained(corpus, load_framework())
    documents = sorted({f.doc_id for f in corpus.findings})
    rng = np.random.default_rng(SEED)
    first = len(documents) // DOCUMENTS_LEFT_OUT
    samples = [set(rng.permutation(documents)[first:]) for _ in range(drops)]
    runs = [set(documents), *samples]
    ours = [build_ours(corpus.findings, corpus.vectors, run) for run in runs]
    plain = [build_bertopic(pool.findings, pool.vectors, run) for run in runs]
    return {
        "lif_nlp, shown": stability([build.shown for build in ours], samples),
        "lif_nlp, emergent and sub": {
            **stability([build.discovered for build in ours], samples),
            **readability(ours[0], corpus.findings),
        },
        "BERTopic, defaults": {
            **stability([build.discovered for build in plain], samples),
            **readability(plain[0], corpus.findings),
        },
    }


def build_ours(findings: Sequence[Finding], vectors: Vectors, documents: set[str]) -> Build:
    """Our themes over some documents, as shown by default."""
    rows = [row for row, f in enumerate(findings) if f.doc_id in documents]
    theme_set = build_themes(
        [findings[row] for row in rows], vectors[rows], load_framework(), seed=1
    )
    themes = {t.theme_id: t for t in shown_themes(theme_set)}
    members: Members = {theme_id: set() for theme_id in themes}
    for a in theme_set.assignments:
        if a.theme_id in members:
            members[a.theme_id].add(a.finding_id)
    discovered = {t: ids for t, ids in members.items() if themes[t].kind != "known"}
    terms = {t: [re.sub(r" \([^)]*\)$", "", term) for term in themes[t].terms] for t in discovered}
    return Build(members, discovered, terms)


def build_bertopic(findings: Sequence[Finding], vectors: Vectors, documents: set[str]) -> Build:
    """Topics of BERTopic with its defaults, without the outliers."""
    from bertopic import BERTopic

    rows = [row for row, f in enumerate(findings) if f.doc_id in documents]
    model = BERTopic()
    topics, _ = model.fit_transform([findings[row].text for row in rows], vectors[rows])
    members: Members = {}
    for row, topic in zip(rows, topics, strict=True):
        if topic >= 0:
            members.setdefault(str(topic), set()).add(findings[row].finding_id)
    terms = {topic: [word for word, _ in model.get_topic(int(topic))] for topic in members}
    return Build(members, members, terms)


def stability(builds: Sequence[Members], samples: Sequence[set[str]]) -> dict[str, Any]:
    """Themes of the first build, and how well the later ones reproduce them."""
    from sklearn.metrics import adjusted_mutual_info_score

    first, *resampled = builds
    shares, information = [], []
    for members, documents in zip(resampled, samples, strict=True):
        ids = {f for findings in (*first.values(), *members.values()) for f in findings}
        present = sorted(f for f in ids if f.split(":")[0] in documents)
        shares.append(share_returning(first, members, present))
        labels = [labels_of(build) for build in (first, members)]
        information.append(
            adjusted_mutual_info_score(*([label.get(f, "") for f in present] for label in labels))
        )
    return {
        "themes": len(first),
        "returning": round(float(np.median(shares)), 3),
        "ami": round(float(np.median(information)), 3),
    }


def labels_of(members: Members) -> dict[str, str]:
    """The themes of each finding, as one label."""
    themes: dict[str, list[str]] = {}
    for theme in sorted(members):
        for finding_id in members[theme]:
            themes.setdefault(finding_id, []).append(theme)
    return {finding_id: "|".join(names) for finding_id, names in themes.items()}


def readability(build: Build, findings: Sequence[Finding]) -> dict[str, float]:
    """Coherence and diversity of a method's own terms, and of terms computed equally."""
    own = [[fold_phrase(term) for term in build.terms[t]] for t in sorted(build.discovered)]
    matcher = PhraseMatcher({term: [term] for terms in own for term in terms}, for_themes=True)
    phrases_of = {f.finding_id: phrases(f.text) for f in findings}
    equal = top_phrases(build.discovered, phrases_of)
    return {
        "npmi_own": coherence(own, [matcher.labels_in(f.text) for f in findings]),
        "diversity_own": round(topic_diversity(own), 3),
        "npmi_equal": coherence(equal, [set(found) for found in phrases_of.values()]),
        "diversity_equal": round(topic_diversity(equal), 3),
    }


def coherence(terms: Sequence[Sequence[str]], texts: Sequence[set[str]]) -> float:
    """Mean NPMI over themes."""
    return round(float(np.mean(npmi_coherence(terms, texts))), 3)


def top_phrases(members: Members, phrases_of: dict[str, list[str]]) -> list[list[str]]:
    """The phrases of each theme with the highest class tf-idf."""
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(
        analyzer=lambda theme: [phrase for f in members[theme] for phrase in phrases_of[f]]
    )
    themes = sorted(members)
    counts = vectorizer.fit_transform(themes).toarray().astype(float)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    idf = np.log1p(counts.sum() / len(themes) / np.maximum(counts.sum(axis=0), 1))
    names = vectorizer.get_feature_names_out()
    return [[names[i] for i in np.argsort(-row, kind="stable")[:TOP_TERMS]] for row in share * idf]


if __name__ == "__main__":
    main()
