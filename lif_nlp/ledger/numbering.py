"""Printed numbers of recommendations: their key, and where a text refers to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lif_nlp.text.number_words import CARDINALS, ORDINALS

_WORD_NUMBERS = {
    word: str(value) for words in (CARDINALS, ORDINALS) for value, word in enumerate(words, 1)
}
_LETTER = re.compile(r"\((?P<letter>[a-z])\)|^\W*(?P<alone>[a-z])\W*$", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10}
"""Digits of Roman numerals, as far as lists of recommendations go."""

_WORDS = "|".join(CARDINALS)
_NOUN = (  # "no. one" is a number, "no one" is nobody
    rf"(?:recommendations?|recs?\.?|proposals?|points?|numbers?|nos?(?:\.|(?!\s+(?:{_WORDS})\b))|"
    r"findings?|asks?|questions?|challenges?|issues?|learning points?|considerations?|matters?|"
    r"concerns?|items?|areas?|lessons?|headings?|priorit(?:y|ies))"
)
_NUMBER = (
    r"(?:R\s?)?\d{1,2}(?:\.\d{1,2})*(?:\s?[a-h]\b|\((?:[ivx]+|[a-h])\))?|[A-Z]\d{1,2}|"
    + _WORDS
)  # fmt: skip
_AND = r"\s*(?:,|and|&|\+|;|/|to|-|–|or|,\s*and)\s*"
_LIST = rf"(?:{_NUMBER})(?:\)?{_AND}(?:{_NOUN}\s+)?\(?(?:{_NUMBER})\b)*"
_NAMED = re.compile(rf"\b{_NOUN}\s*(?:numbered\s*)?\(?(?P<list>{_LIST})", re.IGNORECASE)
_NAMED_LETTER = re.compile(
    rf"\b(?i:{_NOUN})\s+(?P<list>[A-Z](?:(?:\s*,\s*|\s+and\s+)[A-Z])*)(?![\w’'-])"
)
"""Recommendations known by letters: "Recommendation B", "Recommendations C and D"."""

_SERIAL = re.compile(
    r"(?P<series>[A-Z]{1,6}\d{0,4}(?:[-/]\d{2,4})?|\d{4})\s?[-/]\s?0*(?P<number>\d{1,3})(?P<part>[a-h]?)\b",
    re.IGNORECASE,
)
"""A number in a series of its own: SV24-01, LCSPR/2024/03, T7-2."""

_CODED = re.compile(
    r"\b(?P<code>[A-Z]{1,3}\s?\d{1,2}(?:\.\d+)*(?:[a-h]\b|\([a-h]\)|\b))(?!\s*(?:per cent|%))"
)
_ORDINAL = re.compile(
    rf"\b(?P<words>(?:{'|'.join(ORDINALS)})(?:(?:,|,? and"
    rf"| to)\s+(?:the )?(?:{'|'.join(ORDINALS)}))*)\s+"
    rf"(?:\w+\s+)?{_NOUN}",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\bthe (?:last|final) (?:recommendation|rec|proposal|ask)\b(?! of the)", re.IGNORECASE
)
_ON_NUMBER = re.compile(r"^(?:on|as to|as for|regarding|re) (?P<number>\d{1,2})\s*[,:]", re.I)
_TURN = re.compile(
    r"^\W*(?:on|as to|as for|as regards|regarding|concerning|turning to|for|to|with)?\s*the "
    rf"(?P<word>{'|'.join(ORDINALS)}|last|final)"
    r"(?:\s*,|\s+(?:of (?:these|them|the)|we|is|was|has|will|asks?|would|calls?|seeks?|concerns?"
    r"|needs?|wants?|can|cannot|relates?|depends?|goes|proposes?)\b)",
    re.IGNORECASE,
)
"""An ordinal without its noun, as a response uses it going through the recommendations."""
_RANGE = re.compile(r"(\d+)\s*(?:to|-|–)\s*(?:R\s?)?(\d+)")
_EVERY = re.compile(
    r"\b(?:all|each|every one|every|both) (?:of )?(?:the |these |its |our |your |\w+ )?"
    r"(?:\w+ )?(?:recommendations?|proposals?|points)\b"
    r"|\bthe (?:report|review|findings) (?:in full|in its entirety|and (?:all "
    r"|each of )?(?:of )?(?:its|the|their) recommendations?)\b"
    r"|\bthe recommendations (?:in full|as a whole)\b",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"\b(?:recommendations?|proposals?|points?) (?:in|of|under|from) "
    r"(?:chapter|section|part) (?P<chapter>\d{1,2})\b",
    re.IGNORECASE,
)
"""The recommendations of a chapter, where they are numbered by it: 4.6 and 4.11 in chapter 4."""

_DOTTED = re.compile(r"(?<![\d.£%])\d{1,2}(?:\.\d{1,2})+(?!\s?(?:%|per cent|\d))\b")
"""A number such as 5.2, which needs no noun where a recommendation bears it."""

_AFTER_DOTTED = re.compile(
    r"\s*(?:[,:;)]|(?:and )?(?:is|was|are|has|have|will|can|should)\b"
    r"|and (?P<next>\d{1,2}(?:\.\d{1,2})+)"
    r"|(?P<end>\W*$|\.\s))",
    re.IGNORECASE,
)
_MEASURE = r"\b(?:median|mean|average|rate|from|to)\b"
_MEASURED = re.compile(_MEASURE, re.IGNORECASE)
_MEASURED_HERE = re.compile(rf"{_MEASURE}(?: (?:of|was|is))?\s*$", re.IGNORECASE)
"""Words before a figure, anywhere or directly, that make it a measurement."""

_NUMBER_COLUMN = re.compile(
    r"^\W*(?:(?:action|item|plan) )?(?:nos?|nr|id|#|r|refs?|references?|recs?|recommendations?"
    r"|numbers?|points?|items?|proposals?|questions?|concerns?|asks?|issues?)(?:\(s\))?"
    r"(?:\W*(?:nos?|nr|id|#|refs?|references?|numbers?))?\W*$",
    re.IGNORECASE,
)

_MEANINGLESS = ("", "r", "rec", "no", "nr")
"""Letters before a number that tell nothing; others tell lists apart, such as L1 and N1."""

_KEY = re.compile(
    r"(?:(?<![a-z])(?P<letters>[a-z]{1,3})[\s.-]?)?(?P<number>\d+(?:\.\d+)*)"
    r"\s*(?P<part>\(?[a-z]+\)?)?",
    re.IGNORECASE,
)


def is_number_column(name: str) -> bool:
    """Whether a column of this name holds the numbers of recommendations and nothing else.

    >>> [is_number_column(name) for name in ("Rec. no.", "Ref", "No. of files", "No concerns")]
    [True, True, False, False]
    """
    return _NUMBER_COLUMN.match(name) is not None


def holds_numbers_alone(cell: str) -> bool:
    """Whether a cell holds numbers of recommendations and nothing else.

    >>> [holds_numbers_alone(cell) for cell in ("3 and 4", "Rec. 5.1", "One form.", "(b)")]
    [True, True, False, True]
    """
    return _NUMBERS_ALONE.match(cell) is not None or _LETTER.fullmatch(cell.strip()) is not None


_NUMBERS_ALONE = re.compile(rf"^\W*(?:{_NOUN})?\W*(?:{_LIST})\W*$", re.IGNORECASE)

MAX_LISTED = 30
"""Numbers in a range such as "1 to 5" that are taken; a longer one is a date or a count."""


def number_key(printed: str) -> str:
    """A printed number without its letters and dots around it: "R03." becomes "3".

    >>> number_key("Recommendation 5.1:"), number_key("R03"), number_key("4a"), number_key("two")
    ('5.1', '3', '4a', '2')
    >>> number_key("SV24-01"), number_key("LCSPR/2024/03"), number_key("R-2")
    ('sv24-1', 'lcspr2024-3', '2')
    >>> number_key("three (i)"), number_key("(b)"), number_key("IV")
    ('3i', 'b', '4')
    """
    text = re.sub(rf"^\W*(?:{_NOUN})?\W*", "", printed.strip(), flags=re.IGNORECASE)
    text = text.strip(" .:)(").lower()
    head, _, rest = text.partition(" ")
    if head in _WORD_NUMBERS:
        return _WORD_NUMBERS[head] + re.sub(r"\W", "", rest if len(rest) < MAX_PART else "")
    if serial := _SERIAL.match(text):
        # the series alone tells nothing: it is that of the review
        series = re.sub(r"\W", "", serial["series"])
        is_label = series in _MEANINGLESS
        return f"{'' if is_label else series + '-'}{int(serial['number'])}{serial['part']}"
    # Alone, v and x are letters of a list more often than numerals.
    if re.fullmatch(r"[ivx]+", text) and text not in ("v", "x"):
        return str(_roman(text))
    match = _KEY.search(text)
    if not match:
        return re.sub(r"\W", "", text)
    letters = (match["letters"] or "").strip(" .-")
    prefix = "" if letters in _MEANINGLESS else letters
    number = ".".join(str(int(part)) for part in match["number"].split("."))
    return prefix + number + re.sub(r"\W", "", match["part"] or "").lower()


MAX_PART = 6
"""Letters of a part of a recommendation, such as "(viii)"; more is text that follows."""


def find_key(printed: str, known: Collection[str]) -> str:
    """The known number that a printed reference means, exactly or as a finer one of it.

    >>> find_key("a1", {"a", "b"}), find_key("(b)", {"a", "b"}), find_key("R2", {"1", "2"})
    ('a', 'b', '2')
    >>> find_key("2", {"q1", "q2"})
    'q2'
    """
    if (plain := re.sub(r"\W", "", printed).lower()) in known:
        return plain
    if any("-" in number for number in known):
        # a number of a series is known by its end as well: "rec 3" means SV24-03
        key = number_key(printed)
        ends = [number for number in known if key == number or number.endswith(f"-{key}")]
        return ends[0] if len(ends) == 1 else ""
    if plain[:1] in known and _OF_LETTER.match(printed.strip()):
        return plain[:1]
    key = number_key(printed)
    return (
        base_key(key, known)
        or base_key(re.sub(r"\W", "", printed).lower(), known)
        # Last the figures alone: a reply may put letters of its own before them.
        or base_key(key.lstrip("abcdefghijklmnopqrstuvwxyz"), known)
        or _lettered(key, known)
    )


_OF_LETTER = re.compile(r"[A-Za-z](?:\s?\d+|\s?\([ivx]+\))$")
"""A part of a recommendation known by a letter: "A1", "A(i)"."""


def _lettered(key: str, known: Collection[str]) -> str:
    """The one known number that has letters before these figures: "Question 2" means Q2."""
    fits = [k for k in known if key.isdigit() and re.fullmatch(rf"[a-z]{{1,3}}{key}", k)]
    return fits[0] if len(fits) == 1 else ""


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(
        -value if any(later > value for later in values[place + 1 :]) else value
        for place, value in enumerate(values)
    )


def base_key(key: str, known: Collection[str]) -> str:
    """The known number that a finer one belongs to: 4a to 4, 5.4(i) to 5.4, 1.2 to 1.

    >>> base_key("4a", {"4"}), base_key("1.2", {"1", "2"}), base_key("7", {"1"})
    ('4', '1', '')
    """
    while key:
        if key in known:
            return key
        shorter = re.sub(r"[a-z]+$|\.\d+$", "", key)
        if shorter == key:
            return ""
        key = shorter
    return ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Numbers that a text names, and where; `every` where it speaks of all of them."""

    keys: tuple[str, ...]
    start: int
    every: bool = False


def mentions(text: str, known: Sequence[str]) -> list[Mention]:
    """References to the recommendations numbered `known` (keys), in order of the text.

    >>> [m.keys for m in mentions("Recommendations 3 and 4 are agreed, as is R2.", list("1234"))]
    [('3', '4'), ('2',)]
    >>> [m.keys for m in mentions("As to the fourth recommendation, yes.", ["1", "2", "3", "4"])]
    [('4',)]
    >>> [m.keys for m in mentions("B - consider it done. What is new in D?", list("abcd"))]
    [('b',), ('d',)]
    >>> mentions("Both recommendations in chapter 4 are accepted.", ["4.6", "4.11", "5.3"])[0].keys
    ('4.6', '4.11')
    """
    numbers = set(known)
    results: list[Mention] = []
    for match in _EVERY.finditer(text):
        # "Both recommendations" may mean two of many, so it names none.
        both = match.group().lower().startswith("both")
        if not both:
            results.append(Mention(tuple(known), match.start(), every=True))
    for match in _CHAPTER.finditer(text):
        keys = tuple(key for key in known if key.startswith(f"{match['chapter']}."))
        if keys:
            results.append(Mention(keys, match.start()))
    spans: list[tuple[int, int]] = []
    for match in _NAMED.finditer(text):
        keys = _listed(match["list"], known)
        if keys:
            results.append(Mention(keys, match.start()))
            spans.append(match.span())
    for match in _ORDINAL.finditer(text):
        keys = tuple(key for word in _ordinals(match["words"]) for key in find_keys(word, known))
        if keys:
            results.append(Mention(keys, match.start()))
            spans.append(match.span())
    if not results and (turn := _TURN.match(text)):
        word = turn["word"].lower()
        last = word in ("last", "final")
        if keys := tuple(known[-1:]) if last else find_keys(_WORD_NUMBERS[word], known):
            results.append(Mention(keys, turn.start()))
    if known and not results and (last_one := _LAST.search(text)):
        results.append(Mention((known[-1],), last_one.start()))
    if (opening := _ON_NUMBER.match(text)) and (keys := find_keys(opening["number"], known)):
        results.append(Mention(keys, opening.start()))
    results += _bare_mentions(text, numbers, spans)
    return sorted(results, key=lambda mention: mention.start)


def _ordinals(words: str) -> list[str]:
    """The numbers of a list of ordinals: "first, third and sixth", "second to fourth"."""
    numbers = [
        _WORD_NUMBERS[word] for word in re.findall(r"\w+", words.lower()) if word in ORDINALS
    ]
    if len(numbers) == 2 and re.search(r"\bto\b", words):
        return [str(value) for value in range(int(numbers[0]), int(numbers[1]) + 1)]
    return numbers


def _bare_mentions(
    text: str, numbers: Collection[str], spans: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Letters behind a noun, and numbers that need none: a code, a letter in brackets, 5.2."""
    for match in _NAMED_LETTER.finditer(text):
        letters = [letter.lower() for letter in re.findall(r"\b[A-Z]\b", match["list"])]
        if keys := tuple(letter for letter in letters if letter in numbers):
            yield Mention(keys, match.start())
    for match in _CODED.finditer(text):
        key = find_key(match["code"], numbers)
        inside = any(start <= match.start() < end for start, end in spans)
        # Other letters, as in "A4" or "B12", are sizes and roads unless the list itself has them.
        if key and not inside and (match["code"][0] == "R" or key[0].isalpha()):
            yield Mention((key,), match.start())
    for match in re.finditer(r"\((?P<letter>[a-z])\)", text):
        if match["letter"] in numbers:
            yield Mention((match["letter"],), match.start())
    yield from _serial_mentions(text, numbers)
    yield from _letter_mentions(text, numbers)
    last = 0
    for match in _DOTTED.finditer(text):
        inside = any(start <= match.start() < end for start, end in spans)
        # At the start it is the number of the paragraph itself.
        if match.group() not in numbers or inside or match.start() == 0:
            continue
        # "4.2 and 5.2 were welcome": the second is what the first is
        goes_on = last and text[last : match.start()].strip(" ,") in ("", "and")
        if goes_on or _is_reference(text, match.start(), match.end(), numbers):
            yield Mention((match.group(),), match.start())
            last = match.end()


def _serial_mentions(text: str, numbers: Collection[str]) -> Iterator[Mention]:
    """Numbers of a series, such as SV24-03, where the recommendations bear them."""
    if not any("-" in number for number in numbers):
        return
    for match in _SERIAL.finditer(text):
        if (key := number_key(match.group())) in numbers:
            yield Mention((key,), match.start())


_ALONE = re.compile(
    r"(?:^|[.!?;,:]\s|\b(?:about|think|with|from|does|make|for|and|new|on|in|to|of|is|do)\s)"
    r"(?P<letter>[A-Z])(?=\s*(?:[-–—:,.;)?!]|$)|\s+(?:is|was|are|will|has|can|for|on|and|in|to|as|at|we"
    r"|I|they|seems?|should|would|depends)\b)"
)
"""A letter on its own where a number would stand: "new in D.", "B - consider it done"."""

MIN_LETTERS = 3
"""Letters that recommendations must bear before one in a sentence is taken for a number."""


def _letter_mentions(text: str, numbers: Collection[str]) -> Iterator[Mention]:
    """Letters on their own, where the recommendations are known by letters."""
    lettered = {number for number in numbers if len(number) == 1 and number.isalpha()}
    if len(lettered) < MIN_LETTERS:
        return
    for match in _ALONE.finditer(text):
        if match["letter"].lower() in lettered:
            yield Mention((match["letter"].lower(),), match.start("letter"))


def _is_reference(text: str, start: int, end: int, numbers: Collection[str]) -> bool:
    """Whether a dotted figure is spoken of as a number of a list, not as a measurement."""
    after = _AFTER_DOTTED.match(text, end)
    if not after or (after["next"] and after["next"] not in numbers):
        return False
    measured = _MEASURED if after["end"] is not None else _MEASURED_HERE
    return not measured.search(text[:start])


def listed_keys(cell: str, known: Collection[str]) -> tuple[str, ...]:
    """The known numbers in a cell that holds numbers alone: "3 and 4", "R1 + R4", "1. Words".

    >>> listed_keys("R1 + R4", {"1", "4"}), listed_keys("2-4", list("1234"))
    (('1', '4'), ('2', '3', '4'))
    >>> listed_keys("9.3", {"9.1", "9.3"})
    ('9.3',)
    """
    if head := re.match(
        r"\s*(?:recommendations?|recs?\.?)?\s*[A-Z]{0,3}[\s.-]?(\d+(?:\.\d+)*[a-z]?)(?:\s*[.:)]\s+|\s+(?!and\b|to\b|or\b))(?=[A-Za-z])",
        cell,
        re.I,
    ):
        key = find_key(head[1], known)
        return (key,) if key else ()
    if head := re.match(
        rf"\W*(?P<list>{_LIST}(?:\s*\([ivx]+\))?(?:\s*(?:and|,|&)\s*\([ivx]+\))*)(?:\s*[:.](?!\d)|\s+[–-]\s)",
        cell,
        re.I,
    ):
        return _listed(head["list"], known)
    return _listed(cell, known)


_BEGINS_WITH_NUMBER = re.compile(
    rf"\W*(?:{_NOUN}\W*)?(?:[A-Z]{{0,6}}[\s./-]?\d|\([a-z0-9]+\)|[A-Za-z][.):])"
    rf"|\W*{_NOUN}\s+(?:{_WORDS})\b",
    re.IGNORECASE,
)
"""A cell that names a number before its words; "Replace the two forms" has none."""


def cell_keys(cell: str, known: Collection[str]) -> tuple[str, ...]:
    """The known numbers of a cell that holds nothing else, or begins with one.

    >>> cell_keys("2. Replace the three forms", list("1234")), cell_keys("3 and 4", list("1234"))
    (('2',), ('3', '4'))
    >>> cell_keys("Replace the two forms with one pathway", list("1234"))
    ()
    """
    if holds_numbers_alone(cell) or _BEGINS_WITH_NUMBER.match(cell):
        return listed_keys(cell, known)
    return ()


_ANSWERED_LIST = re.compile(
    rf"^[A-Za-z][A-Za-z ’']{{2,60}}:\s*(?:{_NOUN}\s*)?(?P<after>{_LIST})\W*$"
    rf"|\b(?:accept|agree|agree (?:to|with)|adopt|support|endorse|reject|decline|note)s?"
    rf"\s+(?P<object>{_LIST})\W*$"
    rf"|^(?P<subject>{_LIST})\s+(?:is|are|was|were|has been|have been)\b"
)
"""Numbers without a noun that one answer is given to: "Accepted: 1, 3 and 6"."""

_ORDINALS_IN_TURN = re.compile(
    rf"^(?:so (?:is|are|was|were) )?the (?P<first>{'|'.join(ORDINALS)})"
    rf"(?:(?:,| and|, and) (?:the )?(?P<second>{'|'.join(ORDINALS)}))?"
    r"(?:\W*$|\s+(?:is|are|was|were|will|we|has|have)\b)",
    re.IGNORECASE,
)


def answered_keys(sentence: str, known: Collection[str]) -> tuple[str, ...]:
    """The known numbers to which a sentence gives one answer without calling them anything.

    >>> answered_keys("Accepted: 1, 3 and 6.", list("123456"))
    ('1', '3', '6')
    >>> answered_keys("So is the second.", list("12"))
    ('2',)
    >>> answered_keys("We met in two rooms: 3 came.", list("123"))
    ()
    """
    if match := _ANSWERED_LIST.search(sentence):
        numbers = match["after"] or match["object"] or match["subject"]
        return listed_keys(numbers, known) if re.search(r"\d", numbers) else ()
    if match := _ORDINALS_IN_TURN.match(sentence):
        words = (match["first"], match["second"])
        keys = [k for word in words if word for k in find_keys(_WORD_NUMBERS[word.lower()], known)]
        return tuple(keys)
    return ()


def _listed(text: str, known: Collection[str]) -> tuple[str, ...]:
    if _OF_LETTER.match(text.strip()) and (whole := find_key(text, known)):
        return (whole,)
    keys = [key for mention in _serial_mentions(text, known) for key in mention.keys]
    if keys:
        return tuple(dict.fromkeys(keys))
    for low, high in _RANGE.findall(text):
        if int(low) < int(high) <= int(low) + MAX_LISTED:
            keys += [str(value) for value in range(int(low), int(high) + 1)]
    for token in _tokens(text):
        keys += find_keys(token, known)
    if not keys or not any(keys):
        keys += _letters(text, known)
    if not keys and re.fullmatch(r"\W*[ivx]+\W*", text, re.IGNORECASE):
        keys += find_keys(text, known)
    return tuple(dict.fromkeys(key for key in keys if key in known))


def _tokens(text: str) -> list[str]:
    """Numbers of a list, where a part alone goes with the number before it: "3 (i) and (ii)"."""
    tokens: list[str] = []
    head = ""
    for match in re.finditer(
        rf"(?P<number>{_NUMBER})(?P<part>\s*\([ivx]+\))?|(?P<alone>\([ivx]+\))", text, re.I
    ):
        if match["alone"]:
            tokens += [f"{head}{match['alone']}"] if head else []
            continue
        head = number_key(match["number"])
        tokens.append(
            f"{head}{(match['part'] or '').strip()}" if match["part"] else match["number"]
        )
    return tokens


def find_keys(printed: str, known: Collection[str]) -> tuple[str, ...]:
    """The known numbers that a reference means: all parts, where it names their whole.

    >>> find_keys("3", ["1", "3i", "3ii"]), find_keys("3(ii)", ["3i", "3ii"])
    (('3i', '3ii'), ('3ii',))
    """
    key = find_key(printed, known)
    if key:
        return (key,)
    whole = number_key(printed)
    return tuple(k for k in known if whole.isdigit() and re.fullmatch(rf"{whole}[a-z]+", k))


def _letters(text: str, known: Collection[str]) -> list[str]:
    """Recommendations that are printed with letters: "(a)", or a cell with "a" alone."""
    letters = [(m["letter"] or m["alone"]).lower() for m in _LETTER.finditer(text)]
    return [letter for letter in letters if letter in known]
