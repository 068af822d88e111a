"""How steady and readable are our themes beside plain BERTopic's, on the same vectors?

    python scripts/compare_topics.py WORKSPACE [--drops 5]

Drops a random tenth of the documents several times, builds both again, and prints for
each: themes, share that return (overlap of at least 0.5), adjusted mutual information
of the assignments, NPMI coherence and diversity of terms.  BERTopic runs with its
defaults on the findings that no code explains, which is what our emergent themes see.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lif_nlp.framework import load_framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding, ThemeSet
from lif_nlp.themes import build_themes, shown_themes
from lif_nlp.themes.build import unexplained
from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.phrases import phrases
from lif_nlp.themes.quality import npmi_coherence, share_returning, topic_diversity

Members = dict[str, set[str]]


def main() -> None:
    """Read the workspace, compare, print one JSON object per method."""
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
    """Figures of both methods over the same drops of documents."""
    corpus = sort_corpus(findings, vectors)
    pool = unexplained(corpus, load_framework())
    documents = sorted({f.doc_id for f in corpus.findings})
    rng = np.random.default_rng(7)
    kept = [set(rng.permutation(documents)[len(documents) // 10 :]) for _ in range(drops)]
    ours = [build(corpus.findings, corpus.vectors, documents)]
    theirs = [plain_bertopic(pool.findings, pool.vectors, set(documents))]
    for some in kept:
        ours.append(build(corpus.findings, corpus.vectors, some))
        theirs.append(plain_bertopic(pool.findings, pool.vectors, some))
    return {
        "lif_nlp, shown": steadiness([shown for shown, _ in ours], kept),
        "lif_nlp, emergent and sub": {
            **steadiness([found for _, found in ours], kept),
            **readability(ours[0][1], corpus.findings),
        },
        "BERTopic, defaults": {
            **steadiness(theirs, kept),
            **readability(theirs[0], pool.findings),
        },
    }


def build(findings: Sequence[Finding], vectors: Vectors, documents: Any) -> tuple[Members, Members]:
    """Findings of each theme shown by default, and of those among them that were found."""
    rows = [row for row, f in enumerate(findings) if f.doc_id in set(documents)]
    themes: ThemeSet = build_themes(
        [findings[row] for row in rows], vectors[rows], load_framework(), seed=1
    )
    shown = {t.theme_id: t.kind for t in shown_themes(themes)}
    members: Members = {theme_id: set() for theme_id in shown}
    for a in themes.assignments:
        if a.theme_id in members:
            members[a.theme_id].add(a.finding_id)
    return members, {t: found for t, found in members.items() if shown[t] != "known"}


def plain_bertopic(findings: Sequence[Finding], vectors: Vectors, documents: set[str]) -> Members:
    """Topics of BERTopic with its defaults, without the outliers."""
    from bertopic import BERTopic

    rows = [row for row, f in enumerate(findings) if f.doc_id in documents]
    topics, _ = BERTopic().fit_transform([findings[row].text for row in rows], vectors[rows])
    members: Members = {}
    for row, topic in zip(rows, topics, strict=True):
        if topic >= 0:
            members.setdefault(str(topic), set()).add(findings[row].finding_id)
    return members


def steadiness(builds: Sequence[Members], kept: Sequence[set[str]]) -> dict[str, Any]:
    """Themes of the first build, and how much of it the later ones give again."""
    from sklearn.metrics import adjusted_mutual_info_score

    first, *later = builds
    returning, alike = [], []
    for build_after, documents in zip(later, kept, strict=True):
        ids = {f for found in first.values() for f in found}
        ids |= {f for found in build_after.values() for f in found}
        present = sorted(f for f in ids if f.split(":")[0] in documents)
        returning.append(share_returning(first, build_after, present))
        labels = [label_of(members) for members in (first, build_after)]
        alike.append(
            adjusted_mutual_info_score(*([held.get(f, "") for f in present] for held in labels))
        )
    return {
        "themes": len(first),
        "returning": round(float(np.median(returning)), 3),
        "ami": round(float(np.median(alike)), 3),
    }


def label_of(members: Members) -> dict[str, str]:
    """The themes of each finding, as one label."""
    found: dict[str, list[str]] = {}
    for theme in sorted(members):
        for finding_id in members[theme]:
            found.setdefault(finding_id, []).append(theme)
    return {finding_id: "|".join(themes) for finding_id, themes in found.items()}


def readability(members: Members, findings: Sequence[Finding]) -> dict[str, float]:
    """Coherence and diversity of each theme's ten most telling phrases, found alike for all."""
    from sklearn.feature_extraction.text import CountVectorizer

    words = {f.finding_id: phrases(f.text) for f in findings}
    order = sorted(members)
    counter = CountVectorizer(analyzer=lambda theme: [w for f in members[theme] for w in words[f]])
    counts = counter.fit_transform(order).toarray().astype(float)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    telling = share * np.log1p(counts.sum() / len(order) / np.maximum(counts.sum(axis=0), 1))
    names = counter.get_feature_names_out()
    terms = [[names[i] for i in np.argsort(-row, kind="stable")[:10]] for row in telling]
    coherence = npmi_coherence(terms, [set(found) for found in words.values()])
    return {
        "npmi": round(float(np.mean(coherence)), 3),
        "diversity": round(topic_diversity(terms), 3),
    }


if __name__ == "__main__":
    main()
