from lif_nlp.embed.vectors import split_long


def word_ends(text: str) -> list[int]:
    ends, at = [], 0
    for word in text.split(" "):
        at += len(word)
        ends.append(at)
        at += 1
    return ends


def test_a_long_text_is_cut_without_losing_a_character():
    text = "one two three four five six seven"
    pieces, owners, counts = split_long([text], word_ends, limit=3)
    assert pieces == ["one two three", " four five six", " seven"]
    assert "".join(pieces) == text
    assert owners.tolist() == [0, 0, 0]
    assert counts.tolist() == [3, 3, 1]


def test_short_texts_are_not_cut():
    pieces, owners, _ = split_long(["a b", "", "c"], word_ends, limit=3)
    assert pieces == ["a b", "", "c"]
    assert owners.tolist() == [0, 1, 2]
