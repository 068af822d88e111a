"""Thresholds of page layout: how lines become paragraphs, headings, notes and tables.

Lengths are in points (1/72 inch) or, where the docstring says "sizes", in multiples of the
size of the print, so that they apply to small and large print. Unless noted, values were
chosen by judgement when the reader was written (November 2026); no tuning is on record.
`tests/ingest/test_pdf.py` and `test_untagged_tables.py` pin what they must do.
"""

from __future__ import annotations

# --- characters and segments ---

SMALL_PRINT_RATIO = 0.8
"""Digits at most this many sizes of their line are footnote marks. Higher takes figures in a
slightly smaller font for marks, lower leaves marks in sentences."""

WIDE_GAP = 1.2
"""A gap of more sizes than this may separate two cells of an untagged table; a normal
space is about 0.25 sizes wide, more in justified text."""

WORD_GAP = 0.12
"""Segments closer than this many sizes belong to one word (a raised "rd" in "3rd")."""

POINT_TOLERANCE = 1.0
"""Points by which positions that are meant to be the same may differ in a file."""

# --- footnote marks ---

MARK_MIN_RAISE, MARK_MAX_RAISE = 0.1, 0.8
"""Sizes by which a mark is raised above its line. Less is print on the line, more another
line."""

MARK_MAX_GAP = 0.6
"""Sizes between a word and the mark that belongs to it."""

NOTE_LABEL_MAX_GAP = 1.2
"""Sizes between the number of a footnote and its text."""

# --- running headers and footers ---

PAGE_EDGE = 0.12
"""Share of the page's height, at the top and at the bottom, where running headers are searched.
Higher drops text that repeats; lower leaves headers in the text."""

SHORT_REPORT_PAGES = 6
"""In a report of at most this many pages, a line at the edge on 2 pages is a running header; in a
longer one it must be on 3, because a phrase may recur by chance."""

HEADING_HEADER_SHARE = 0.4
"""Share of the pages on which a line in bold, or tagged as a heading, must be to count as running
header.  Lower loses headings that stand at the foot of several pages ("Areas for improvement"),
so that the next page falls under the heading before; higher leaves bold headers in the text."""

HEADER_LINE_HEIGHT = 20
"""Points within which two lines on different pages count as at the same height."""

RAISED_LETTERS = 0.8
"""Sizes by which raised letters may be above the rest of their line."""

# --- chunks: lines that belong together ---

SHORT_LABEL_WORDS = 3
"""Words of a bullet or run-in label that a program may have drawn after the text."""

LABEL_MAX_GAP = 45.0
"""Points between such a label and the line that it belongs to."""

SAME_LINE = 0.5
"""Segments whose heights differ by fewer sizes are on one line."""

MIN_STYLED_CHARACTERS = 3
"""Fewer characters in another style start no new chunk: bold punctuation is common."""

SIZE_CHANGE = 0.15
"""Change of print, as a share of its size, that starts a new chunk ..."""

MIN_SIZE_CHANGE_PRINT = 8.5
"""... if the new print is larger than this, in points: below it there are notes and captions,
whose sizes vary."""

PARAGRAPH_GAP = 1.75
"""Baselines further apart than this many sizes are in different paragraphs; normal line spacing
is 1.2 to 1.5. Lower splits widely spaced paragraphs, higher joins them."""

MIN_PITCH = 0.5
"""A smaller distance between lines, in sizes, is not line spacing."""

PITCH_CHANGE = 1.3
"""A distance of this many times the line spacing before it starts a new paragraph."""

SHORT_LINE = 6
"""A line that ends this many sizes before the longest one is short; after a full stop it ends its
paragraph."""

JOINED_LINE_HEIGHT = 0.6
"""Segments whose heights differ by fewer sizes may be parts of one word."""

# --- headings ---

MAX_TAGGED_HEADING_WORDS = 30
"""Words of a heading in a tagged file."""

MAX_UNTAGGED_HEADING_WORDS = 25
"""Words of a heading that only its print marks: bold sentences are common."""

MIN_HEADING_LETTERS = 3
"""Letters of a heading; fewer are page numbers or ornaments."""

HEADING_SIZE = 1.12
"""Print of more than this many sizes of the body text is a heading. Lower makes headings of
slightly larger quotations, higher loses headings set at 12 over 11 points."""

UNTAGGED_HEADING_LEVEL = 9
"""Level of headings without a level in their tag, below all others of their size."""

COLUMN_HEADING_LEVEL = 9
"""Level of a column's name that becomes a heading: below every printed heading."""

MIN_UNSTYLED_HEADINGS = 5
"""Names alone on a line, printed like the text, that show that the report uses them as headings;
fewer may be anything."""

PARAGRAPH_WORDS = 20
"""Words of a full paragraph, which must follow such a name."""

# --- notes ---

NOTE_SIZE = 0.87
"""Print of at most this many sizes of the body text that starts with a number is a footnote."""

# --- paragraphs that run on ---

LOOK_BACK_CHUNKS = 12
"""Chunks (mostly footnotes) that may come between the parts of a paragraph."""

SHORT_MARKER = 3
"""Longer letter markers ("did.", "civil.") are words that end a sentence, not list markers."""

PARAGRAPH_END = 0.3
"""The last line of a page may end this share of the text's width before the right edge and still
run on over the page."""

PAGE_BREAK_SIZE_CHANGE = 1.5
"""Points by which print may differ over a page break within one paragraph."""

SIZE_TOLERANCE = 1.0
"""Points by which print may differ within one paragraph on a page."""

CONTINUATION_GAP = 2.0
"""Sizes between a line and the rest of its sentence below."""

FULL_LINE_WIDTH = 30
"""A full line of prose is at least this many sizes wide; narrower lines may be a list, such as the
addressees of a letter."""

FULL_LINE_GAP = 1.35
"""Sizes between two lines of one paragraph."""

# --- hyphens ---

MIN_CUT_WORDS = 2
"""Words that are known to be cut at a line end, which show that the report hyphenates."""

# --- tables of tagged files ---

TAGGED_COLUMN_SHIFT = 20.0
"""Cells whose left edges differ by fewer points are in one column."""

LONG_CELL_CHUNKS, LONG_CELL_WORDS = 2, 80
"""A cell with more chunks and words than these is read as text rather than as a row."""

# --- tables of untagged files ---

MAX_COLUMNS = 6
"""Columns of a table; more parts in one line are not a header."""

MAX_COLUMN_NAME_WORDS = 5
"""Words of a column's name."""

COLUMN_SHIFT = 6.0
"""Cells whose left edges differ by fewer points from the name above are in its column. Lower
breaks tables with indented cells, higher takes two columns of text for a table."""

LINE_DESCENT = 0.3
"""A line this many sizes below another is a new line, not raised or lowered print."""

ROW_GAP = 1.56
"""Sizes: lines of one cell are closer, rows further apart (1.3 lines of 1.2 sizes)."""

TABLE_END_GAP = 5.0
"""A line this many sizes below the last row is outside the table."""

# --- scans ---

SCAN_DPI = 200
"""Resolution in dots per inch at which scans are read. Tesseract's documentation recommends 300;
200 is faster."""

BOX_HEIGHT = 0.72
"""Height of Tesseract's box around a word, in sizes of its print."""

SCAN_SIZE_TOLERANCE = 0.35
"""Lines of a scan whose sizes differ by less than this share are in the same print, because
Tesseract's boxes are rough."""

DEFAULT_SIZE = 12.0
"""Size of print, in points, assumed where there is no text to measure."""
