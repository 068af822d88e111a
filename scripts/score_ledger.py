"""Scores what `lif follow` reads against cases with gold: links, position, progress, effect.

    .venv/bin/python scripts/score_ledger.py FOLDER [--profile fast] [--show]

FOLDER holds a folder for each case (a review, its responses, trackers and checks, and a
`gold.json`) and may hold `status_sentences.jsonl`.  All cases go into one workspace, so that
reviews compete for what follows them up.  Printed are figures and the kinds of error with
their counts, never words; `--show` adds words, for cases one develops with.

A quote matches a gold quote where at least half the words of the shorter stand in both.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lif_nlp.config import load_settings
from lif_nlp.framework.status import FIELDS, StatusLanguage
from lif_nlp.ledger.status import read_status
from lif_nlp.ledger_records import (
    NOTHING_RECORDED,
    ActionAsk,
    Answer,
    Ask,
    Check,
    FollowUp,
    Plan,
    Snapshot,
    State,
)
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.workflow.add import add
from lif_nlp.workflow.follow import follow, language_of

MIN_COMMON = 0.5
"""Share of the shorter quote's words that two quotes of one passage have in common."""

Case = Mapping[str, Any]
Quoted = TypeVar("Quoted", Answer, Check)


def main() -> None:
    """Score the cases of a folder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--profile", choices=("accurate", "fast"), default="accurate")
    parser.add_argument("--rules-only", action="store_true", help="without the trained models")
    parser.add_argument("--show", action="store_true", help="words of errors as well")
    args = parser.parse_args()
    tally = Tally(show=args.show)
    options = {"profile": args.profile, "rules_only": args.rules_only or None}
    language = score_cases(args.folder, tally, options)
    score_sentences(args.folder / "status_sentences.jsonl", tally, language)
    figures = tally.figures()
    print(json.dumps(figures, indent=1))
    for kind, count in sorted(tally.errors.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:4} {kind}")
    if args.out:
        args.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


class Tally:
    """Pairs of gold and reading by field, links, and kinds of error."""

    def __init__(self, *, show: bool) -> None:
        self.pairs: dict[str, list[tuple[str, str]]] = {}
        self.links: dict[str, Counter[str]] = {}
        self.errors: Counter[str] = Counter()
        self._show = show

    def value(
        self, field: str, gold: str, read: str, words: str, accept: Collection[str | None] = ()
    ) -> None:
        """Count one value of a field; a reading that is acceptable counts as the gold value."""
        if (read or None) in accept:
            read = gold
        self.pairs.setdefault(field, []).append((gold, read))
        if gold != read:
            self.error(f"{field}: {gold or 'nothing'} -> {read or 'nothing'}", words)

    def link(self, kind: str, outcome: str, words: str) -> None:
        """Count one link: "right", "wrong" or "missed"."""
        self.links.setdefault(kind, Counter())[outcome] += 1
        if outcome != "right":
            self.error(f"link of {kind}: {outcome}", words)

    def error(self, kind: str, words: str) -> None:
        """Count a kind of error."""
        self.errors[kind] += 1
        if self._show:
            print(f"  {kind} | {words}")

    def figures(self) -> dict[str, Any]:
        """Precision and recall of links, macro-F1 of fields."""
        total: Counter[str] = sum(self.links.values(), Counter())
        result: dict[str, Any] = {
            name: _precision_recall(counts)
            for name, counts in {**self.links, "all links": total}.items()
        }
        for field, pairs in self.pairs.items():
            result[field] = _macro_f1(pairs)
        return result


def _precision_recall(counts: Mapping[str, int]) -> dict[str, float]:
    right, wrong, missed = (counts.get(k, 0) for k in ("right", "wrong", "missed"))
    return {
        "precision": round(right / max(right + wrong, 1), 3),
        "recall": round(right / max(right + missed, 1), 3),
        "gold": right + missed,
    }


def _macro_f1(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    labels = sorted({gold for gold, _ in pairs if gold})
    scores = {}
    for label in labels:
        hits = sum(gold == read == label for gold, read in pairs)
        counted = sum((gold == label) + (read == label) for gold, read in pairs)
        scores[label] = round(2 * hits / counted, 3) if counted else 0.0
    done = [gold == read for gold, read in pairs if read == "done"]
    macro = sum(scores.values()) / len(scores) if scores else 0.0
    right = sum(gold == read for gold, read in pairs) / max(len(pairs), 1)
    result: dict[str, Any] = {"macro_f1": round(macro, 3), "accuracy": round(right, 3)}
    result |= {"n": len(pairs), "f1": scores}
    if "done" in labels:
        result["done_precision"] = round(sum(done) / max(len(done), 1), 3)
    return result


def score_cases(folder: Path, tally: Tally, options: Mapping[str, Any]) -> StatusLanguage:
    """Read all cases into one workspace, and compare each with its gold.

    `options` are settings of the workspace; returned is the language it reads with.
    """
    cases = {
        path.parent: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*/gold.json"))
    }
    with tempfile.TemporaryDirectory() as place:
        session = Session(Store(Path(place)), load_settings(Path(place), **options))
        asked = {path / a["file"] for path, gold in cases.items() for a in gold["asks"]}
        with session.store, record_run(session, "add") as run:
            add(session, sorted(asked), run)
            others = sorted(
                (document["date"] or "", path / document["file"])
                for path, gold in cases.items()
                for document in gold["documents"]
                if path / document["file"] not in asked
            )
            follow(session, [path for _, path in others], run)
            for path, gold in cases.items():
                score_case(session, path, gold, tally)
            return language_of(session)


def score_case(session: Session, folder: Path, gold: Case, tally: Tally) -> None:
    """Compare what was read of one case with its gold."""
    ledger = session.store.ledger
    own = {str(folder / d["file"]): d["file"] for d in gold["documents"]}
    documents = session.store.frame("documents")
    files = dict(zip(documents["doc_id"], documents["source"], strict=True))
    files |= {f.doc_id: f.source for f in ledger.records(FollowUp)}
    files = {doc_id: own[source] for doc_id, source in files.items() if source in own}
    _score_documents(session, folder, gold, tally)
    numbers = _numbers(ledger.records(Ask), files, gold, tally)
    answers = [a for a in ledger.records(Answer) if a.doc_id in files]
    checks = [c for c in ledger.records(Check) if c.doc_id in files]
    _score_answers(answers, files, numbers, gold, tally)
    _score_states(session, folder, numbers, gold, tally)
    _score_checks(checks, files, numbers, gold, tally)


def _score_documents(session: Session, folder: Path, gold: Case, tally: Tally) -> None:
    """Whether each file was taken for what it is, and put to its own review."""
    ledger = session.store.ledger
    documents = session.store.frame("documents")
    places = dict(zip(documents["doc_id"], documents["source"], strict=True))
    plans = {plan.plan_id: plan.to_doc for plan in ledger.records(Plan)}
    read = {f.source: (f.kind, f.to_doc) for f in ledger.records(FollowUp)}
    read |= {s.source: ("tracker", plans[s.plan_id]) for s in ledger.records(Snapshot)}
    asked = {a["file"] for a in gold["asks"]}
    for document in gold["documents"]:
        if document["file"] in asked:
            continue
        kind, to_doc = read.get(str(folder / document["file"]), ("log or nothing", ""))
        tally.error(f"document: {document['kind']} taken for {kind}", document["file"])
        if kind == "log or nothing":
            continue
        review = Path(places[to_doc]) if to_doc else None
        outcome = "missed" if review is None else "wrong" if review.parent != folder else "right"
        tally.link("reviews", outcome, f"{gold['case']} {document['file']}")


def _numbers(
    asks: Iterable[Ask], files: Mapping[str, str], gold: Case, tally: Tally
) -> dict[str, str]:
    """The gold number of each recommendation that was read, by its id."""
    numbers: dict[str, str] = {}
    free = {a["number"]: a for a in gold["asks"]}
    for ask in asks:
        if ask.doc_id not in files:
            continue
        match = next((n for n, a in free.items() if common(a["text"], ask.text) > 0.8), "")
        if match:
            numbers[ask.ask_id] = match
            free.pop(match)
            tally.link("asks", "right", "")
        else:
            tally.link("asks", "wrong", f"{ask.number} {ask.text}")
    for number, ask in free.items():
        tally.link("asks", "missed", f"{gold['case']} {number} {ask['text']}")
    return numbers


def _near(records: Iterable[Quoted], files: Mapping[str, str], entry: Case) -> list[Quoted]:
    """The records that quote the passage of a gold entry, from the same file."""
    return [
        record for record in records
        if files[record.doc_id] == entry["file"]
        and common(record.quote, entry["quote"]) >= MIN_COMMON
    ]  # fmt: skip


def _accepted(entry: Case, field: str) -> list[str | None]:
    """The values that are right for a gold entry."""
    return entry.get("accept") or [entry[field]]


def _score_answers(
    answers: Sequence[Answer],
    files: Mapping[str, str],
    numbers: Mapping[str, str],
    gold: Case,
    tally: Tally,
) -> None:
    used: set[str] = set()
    for entry in gold["answers"]:
        near = _near(answers, files, entry)
        used |= {a.answer_id for a in near}
        words = f"{gold['case']} {entry['asks']} {entry['quote'][:150]}"
        for number in entry["asks"]:
            mine = [a for a in near if numbers.get(a.ask_id) == number]
            if entry["position"] is not None or mine:
                tally.link("answers", "right" if mine else "missed", words)
            stated = [a.position for a in mine if a.position != NOTHING_RECORDED]
            read = stated[0] if stated else ""
            wanted = entry["position"] or ""
            wanted = "" if wanted == NOTHING_RECORDED else wanted
            tally.value("position", wanted, read, words, _accepted(entry, "position"))
        for answer in near:
            if answer.ask_id and numbers.get(answer.ask_id) not in entry["asks"]:
                other = [e for e in gold["answers"] if numbers.get(answer.ask_id) in e["asks"]]
                if not any(common(answer.quote, e["quote"]) >= MIN_COMMON for e in other):
                    tally.link("answers", "wrong", f"{numbers.get(answer.ask_id)} {words}")
    for answer in answers:
        if answer.answer_id not in used and answer.position != NOTHING_RECORDED:
            words = f"{gold['case']} {numbers.get(answer.ask_id)} {answer.quote[:150]}"
            tally.link("answers", "wrong", words)
            tally.value("position", "", answer.position, words)


def _score_states(
    session: Session, folder: Path, numbers: Mapping[str, str], gold: Case, tally: Tally
) -> None:
    ledger = session.store.ledger
    files = {s.snapshot_id: Path(s.source).name for s in ledger.records(Snapshot)
             if Path(s.source).parent == folder}  # fmt: skip
    rows: dict[tuple[str, str, int], State] = {}
    for state in ledger.records(State):
        if state.snapshot_id in files:
            sheet, _, cell = state.cell.removesuffix(" (hidden)").rpartition("!")
            row = int(re.sub(r"\D", "", cell))
            rows[files[state.snapshot_id], sheet, row] = state
            # a document's table has no name in the gold
            rows.setdefault((files[state.snapshot_id], "", row), state)
    actions: dict[str, set[str]] = {}
    for entry in gold["states"]:
        place = (entry["file"], entry["sheet"], entry["row"])
        state = rows.get(place) or rows.get((entry["file"], "", entry["row"]))
        words = f"{gold['case']} {entry['file']} {entry['row']} {entry['raw']}"
        read = state.status if state else "no row"
        tally.value("progress", entry["status"], read, words, _accepted(entry, "status"))
        if state:
            tally.value("due", entry["due"] or "", state.due, f"{words} {entry['due_raw']}")
            actions.setdefault(entry["action"], set()).add(state.action_id)
    links = {(a.action_id, numbers.get(a.ask_id)) for a in ledger.records(ActionAsk)}
    keys = {a["key"]: a for a in gold["actions"]}
    for key, ids in actions.items():
        tally.link("actions kept", "right" if len(ids) == 1 else "missed", f"{gold['case']} {key}")
        asks = keys[key]["asks"] if key in keys else []
        for number in asks:
            found = any((action_id, number) in links for action_id in ids)
            tally.link("actions", "right" if found else "missed", f"{gold['case']} {key} {number}")
        for number in {n for action_id, n in links if action_id in ids} - set(asks):
            tally.link("actions", "wrong", f"{gold['case']} {key} {number}")


def _score_checks(
    checks: Sequence[Check],
    files: Mapping[str, str],
    numbers: Mapping[str, str],
    gold: Case,
    tally: Tally,
) -> None:
    used: set[str] = set()
    for entry in gold["checks"]:
        near = _near(checks, files, entry)
        used |= {c.check_id for c in near}
        words = f"{gold['case']} {entry['asks']} {entry['quote'][:150]}"
        linked = {number for c in near if (number := numbers.get(c.ask_id))}
        for number in entry["asks"]:
            tally.link("checks", "right" if number in linked else "missed", words)
        for number in linked - set(entry["asks"]):
            tally.link("checks", "wrong", f"{number} {words}")
        verdicts = [c.verdict for c in near if c.verdict]
        read = verdicts[0] if verdicts else ""
        tally.value("effect", entry["verdict"] or "", read, words, _accepted(entry, "verdict"))
    # a figure that the gold lists as impact has no verdict there
    impacts = [entry["quote"] for entry in gold["impact"]]
    for check in checks:
        if check.check_id in used or not check.verdict:
            continue
        if not any(common(check.quote, quote) >= MIN_COMMON for quote in impacts):
            tally.value("effect", "", check.verdict, f"{gold['case']} {check.quote[:150]}")


def score_sentences(path: Path, tally: Tally, language: StatusLanguage) -> None:
    """Compare the reading of single sentences with their gold."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        reading = read_status(entry["text"], language)
        for field in FIELDS:
            gold = entry[field] or ""
            words = f"{entry.get('pattern', '')} {entry.get('speaker', '')} {entry['text']}"
            tally.value(f"{field} of sentences", gold, getattr(reading, field), words)


def common(one: str, other: str) -> float:
    """The share (0..1) of the shorter text's words that both have."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    return (a & b).total() / max(min(a.total(), b.total()), 1)


if __name__ == "__main__":
    main()
