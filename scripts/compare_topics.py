"""How steady and readable are our themes beside plain BERTopic's, on the same vectors?

    python scripts/compare_topics.py WORKSPACE [--drops 5]

Drops a random tenth of the documents several times, builds both again, and prints for
each: themes, share that return (overlap of at least 0.5), adjusted mutual information
of the assignments, NPMI coherence and diversity of terms.  Terms are taken twice: those
that each method itself gives its themes ("own"), and the ten phrases with the highest
class tf-idf, found alike for all.  BERTopic runs with its defaults on the findings that
no code explains, which is what our emergent themes see.
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

from lif_nlp.evaluate.topic_quality import npmi_coherence, share_returning, topic_diversity
from lif_nlp.framework import load_framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding, ThemeSet
from lif_nlp.text.folding import fold_phrase
from lif_nlp.text.phrase_matching import PhraseMatcher
from lif_nlp.themes import build_themes, shown_themes
from lif_nlp.themes.build import unexplained
from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.discovery.phrases import phrases

Members = dict[str, set[str]]


@dataclass(frozen=True)
class Built:
    """One build: the findings of each theme shown, which were found, and their own terms."""

    members: Members
    found: Members
    terms: dict[str, list[str]]


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
    runs = [set(documents), *kept]
    ours = [build(corpus.findings, corpus.vectors, some) for some in runs]
    theirs = [plain_bertopic(pool.findings, pool.vectors, some) for some in runs]
    return {
        "lif_nlp, shown": steadiness([built.members for built in ours], kept),
        "lif_nlp, emergent and sub": {
            **steadiness([built.found for built in ours], kept),
            **readability(ours[0], corpus.findings),
        },
        "BERTopic, defaults": {
            **steadiness([built.found for built in theirs], kept),
            **readability(theirs[0], corpus.findings),
        },
    }


def build(findings: Sequence[Finding], vectors: Vectors, documents: set[str]) -> Built:
    """Themes shown by default, and those among them that were found."""
    rows = [row for row, f in enumerate(findings) if f.doc_id in documents]
    themes: ThemeSet = build_themes(
        [findings[row] for row in rows], vectors[rows], load_framework(), seed=1
    )
    shown = {t.theme_id: t for t in shown_themes(themes)}
    members: Members = {theme_id: set() for theme_id in shown}
    for a in themes.assignments:
        if a.theme_id in members:
            members[a.theme_id].add(a.finding_id)
    found = {t: held for t, held in members.items() if shown[t].kind != "known"}
    terms = {t: [re.sub(r" \([^)]*\)$", "", term) for term in shown[t].terms] for t in found}
    return Built(members, found, terms)


def plain_bertopic(findings: Sequence[Finding], vectors: Vectors, documents: set[str]) -> Built:
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
    return Built(members, members, terms)


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


def readability(built: Built, findings: Sequence[Finding]) -> dict[str, float]:
    """Coherence and diversity of the terms a method gives, and of terms found alike for all."""
    own = [[fold_phrase(term) for term in built.terms[theme]] for theme in sorted(built.found)]
    number = {term: place for place, term in enumerate(sorted({t for ts in own for t in ts}))}
    matcher = PhraseMatcher({place: [term] for term, place in number.items()}, for_themes=True)
    said = [matcher.labels_in(f.text) for f in findings]
    numbered = [[str(number[term]) for term in terms] for terms in own]
    words = {f.finding_id: phrases(f.text) for f in findings}
    alike = telling_phrases(built.found, words)
    return {
        "npmi_own": coherence(numbered, [{str(n) for n in numbers} for numbers in said]),
        "diversity_own": round(topic_diversity(own), 3),
        "npmi_alike": coherence(alike, [set(held) for held in words.values()]),
        "diversity_alike": round(topic_diversity(alike), 3),
    }


def coherence(terms: Sequence[Sequence[str]], texts: Sequence[set[str]]) -> float:
    """Mean NPMI over themes."""
    return round(float(np.mean(npmi_coherence(terms, texts))), 3)


def telling_phrases(members: Members, words: dict[str, list[str]]) -> list[list[str]]:
    """Ten phrases of each theme with the highest class tf-idf."""
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=lambda theme: [w for f in members[theme] for w in words[f]])
    order = sorted(members)
    counts = counter.fit_transform(order).toarray().astype(float)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    telling = share * np.log1p(counts.sum() / len(order) / np.maximum(counts.sum(axis=0), 1))
    names = counter.get_feature_names_out()
    return [[names[i] for i in np.argsort(-row, kind="stable")[:10]] for row in telling]


if __name__ == "__main__":
    main()
