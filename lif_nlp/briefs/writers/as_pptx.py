"""A brief as slides, 16:9, with speaker notes, real layouts and native charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lif_nlp.briefs.sections.speaker_notes import CARE, notes_of, opening
from lif_nlp.briefs.writers.branding import BriefBranding, cite
from lif_nlp.errors import MissingExtraError
from lif_nlp.records import Brief, Chart, Claim, Section
from lif_nlp.text import english

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_WORDS = 110
"""Words on one slide; a longer section goes on over further slides."""

_LEAD = 30
"""Words that questions may follow on the same slide."""

_DRAWN = ("balance", "bars")
"""Charts whose figures are plain counts, which PowerPoint can draw."""

_SCALES = ((30, 1.45), (55, 1.2), (85, 1.08), (10_000, 0.92))
"""Size of the text by the words on the slide; by eye on 16:9 slides, November 2026."""

_MANY_COLUMNS = 4
"""More columns than this are narrow ones, beside a first one that holds a sentence."""

_ROWS = 10
"""Rows of a table on one slide."""

_TITLE, _CONTENT, _ONLY_TITLE = 0, 1, 5
_WIDTH, _HEIGHT = 13.333, 7.5
# (layout, placeholder index) to left, top, width, height in inches
_PLACES = {
    (_TITLE, 0): (0.9, 2.2, 11.5, 1.6),
    (_TITLE, 1): (0.9, 4.0, 11.5, 1.2),
    (_CONTENT, 0): (0.7, 0.45, 11.9, 0.95),
    (_CONTENT, 1): (0.7, 1.6, 11.9, 5.3),
    (_ONLY_TITLE, 0): (0.7, 0.45, 11.9, 0.95),
}
_SIZES = {"quote": 24, "statement": 26, "count": 20, "question": 26, "action": 26}


def as_pptx(brief: Brief, branding: BriefBranding) -> bytes:
    """The presentation's bytes; needs the extra `slides`."""
    try:
        import pptx
    except ImportError as error:
        raise MissingExtraError("python-pptx", "slides", "A slide deck") from error
    deck = pptx.Presentation()
    _set_up(deck, branding)
    _title(deck, brief, branding)
    care = [Claim("statement", line) for line in brief.cautions]
    if care:
        _page(deck, branding, "Before we begin", care, 0, CARE)
    shown = [section for section in brief.sections if not section.for_leader]
    for number, section in enumerate(shown, start=1):
        for at, claims in enumerate(pages(section)):
            heading = f"{number}. {section.heading}"
            _page(deck, branding, heading, claims, at, notes_of(section, at + 1))
    for claim in (c for s in shown for c in s.claims if c.kind == "form"):
        _form(deck, claim, branding)
    if brief.card:
        rows = tuple((name, text) for name, text, _ in brief.card)
        card = Chart("table", "Whom to ring, and what to use here", ("For", "Number or page"), rows,
                     "Ask people to put the number in their phones now. Ring it yourself the day "
                     "before.")  # fmt: skip
        _chart(deck, card, branding)
    for chart in brief.charts:
        if _is_sheet(chart):
            continue
        _chart(deck, chart, branding)
    made = [Claim("count", line) for line in brief.methods]
    note = "Keep this slide in: it shows how certain the findings are."
    _page(deck, branding, "How this was made", made, 0, note)
    deck.core_properties.title, deck.core_properties.author = brief.title, branding.partnership
    deck.core_properties.language = "en-GB"
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def pages(section: Section) -> Iterator[list[Claim]]:
    """The section's lines in order, as many to a slide as can be read; forms are left out."""
    page: list[Claim] = []
    length = 0
    several = sum(claim.kind == "question" for claim in section.claims) > 1
    for claim in (c for c in section.claims if c.kind != "form"):
        words = len(" ".join([claim.text, *(one.quote for one in claim.evidence)]).split())
        turn = several and claim.kind == "question" and length > _LEAD
        turn = turn and page[-1].kind != "question"
        if page and (turn or length + words > _WORDS):
            yield page
            page, length = [], 0
        page.append(claim)
        length += words
    if page:
        yield page


def _set_up(deck: Any, branding: BriefBranding) -> None:
    """Widen the default template, whose placeholders do not grow with the slide."""
    from pptx.util import Inches, Pt

    deck.slide_width, deck.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    for (layout, index), place in _PLACES.items():
        for shape in deck.slide_layouts[layout].placeholders:
            if shape.placeholder_format.idx == index:
                shape.left, shape.top, shape.width, shape.height = map(Inches, place)
                paragraph: Any = shape.text_frame.paragraphs[0]
                if index == 0:
                    paragraph.font.size = Pt(40 if layout == _TITLE else 30)
                    paragraph.font.color.rgb = _rgb(branding.accent)


def _title(deck: Presentation, brief: Brief, branding: BriefBranding) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE])
    kind, _, subject = brief.title.partition(": ")
    ground = slide.background.fill
    ground.solid()
    ground.fore_color.rgb = _rgb(branding.accent)
    _heading(slide, subject or brief.title, branding, size=48, colour="#FFFFFF")
    told = [kind if subject else "", branding.partnership, english.day(brief.created)]
    body: Any = slide.placeholders[1]
    body.text = " · ".join(part for part in told if part)
    _style(body.text_frame.paragraphs[0], 22, "#FFFFFF")
    _logo(slide, branding)
    _notes(slide, opening(brief))


def _logo(slide: Slide, branding: BriefBranding) -> None:
    """The partnership's logo on white at the foot of the title slide; SVG is left out."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    if branding.logo is None or branding.logo.suffix.lower() == ".svg":
        return
    branding.logo_uri()  # refuses a logo that is not there
    ground: Any = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (0.9, 5.8, 1, 1)))
    picture = slide.shapes.add_picture(
        str(branding.logo), Inches(1.0), Inches(5.9), height=Inches(0.8)
    )
    ground.width, ground.height = picture.width + Inches(0.2), picture.height + Inches(0.2)
    ground.fill.solid()
    ground.fill.fore_color.rgb = _rgb("#FFFFFF")
    ground.line.fill.background()
    ground._element._nvXxPr.cNvPr.set("descr", "")
    picture._element._nvXxPr.cNvPr.set("descr", branding.partnership)


def _page(
    deck: Presentation,
    branding: BriefBranding,
    heading: str,
    claims: list[Claim],
    at: int,
    notes: str,
) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_CONTENT])
    _heading(slide, heading + (" (continued)" if at else ""), branding)
    body: Any = slide.placeholders[1]
    frame = body.text_frame
    frame.word_wrap = True
    first = True
    scale = _scale(claims)
    for text, size, colour, gap in _lines(claims):
        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
        first = False
        paragraph.text = text
        _style(paragraph, round(size * scale), colour, gap)
    _band(slide, branding)
    _notes(slide, notes)


def _is_sheet(chart: Chart) -> bool:
    """Whether a table is paper to write on: its last column is empty."""
    return chart.kind == "table" and not any(str(row[-1]).strip() for row in chart.rows)


def _scale(claims: list[Claim]) -> float:
    """How much larger or smaller the text of a slide is, so that few words fill it."""
    words = sum(len(" ".join([c.text, *(e.quote for e in c.evidence)]).split()) for c in claims)
    return next(scale for most, scale in _SCALES if words <= most)


def _form(deck: Presentation, claim: Claim, branding: BriefBranding) -> None:
    """The action form as an empty table to fill in on the slide."""
    heads = tuple(cell.strip() for cell in claim.text.split("|"))
    note = "Each person writes one action and one date. Collect the sheets or take a picture."
    _figure(deck, Chart("table", "Our action", heads, (("",) * len(heads),) * 4, note), branding,
            "Our action")  # fmt: skip


def _lines(claims: list[Claim]) -> Iterator[tuple[str, int, str, int]]:
    """(text, points, colour, points of space before) of each line on a slide."""
    for claim in claims:
        if claim.text:
            colour = "#444C54" if claim.kind == "count" else "#1D2329"
            yield claim.text, _SIZES.get(claim.kind, 20), colour, 12
        for one in claim.evidence:
            yield f"“{one.quote}”", _SIZES["quote"], "#1D2329", 12
            yield cite(one), 14, "#444C54", 2


def _heading(
    slide: Slide, text: str, branding: BriefBranding, size: int = 32, colour: str = ""
) -> None:
    title: Any = slide.shapes.title
    title.text = text
    _style(title.text_frame.paragraphs[0], size, colour or branding.accent)
    title.text_frame.paragraphs[0].font.bold = True


def _style(paragraph: Any, size: int, colour: str, gap: int = 0) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.font.size, paragraph.font.name = Pt(size), "Calibri"
    paragraph.font.color.rgb = _rgb(colour)
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.space_before = Pt(gap)
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.insert(0, properties.makeelement(f"{{{_DRAWING}}}buNone", {}))
    for run in paragraph.runs:
        run._r.get_or_add_rPr().set("lang", "en-GB")


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _band(slide: Slide, branding: BriefBranding) -> None:
    """A strip of the accent colour at the top, marked as decoration."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    band = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(0), Inches(0), Inches(_WIDTH), Inches(0.18)
    )
    band.fill.solid()
    band.fill.fore_color.rgb = _rgb(branding.accent)
    band.line.fill.background()
    band._element._nvXxPr.cNvPr.set("descr", "")


def _chart(deck: Presentation, chart: Chart, branding: BriefBranding) -> None:
    """An editable chart for counts; tables, over as many slides as they need, for the rest."""
    if chart.kind in _DRAWN:
        _figure(deck, chart, branding, chart.title)
        return
    for at in range(0, len(chart.rows), _ROWS):
        alt = chart.alt + (f" Part {at // _ROWS + 1}." if at else "")
        part = replace(chart, rows=chart.rows[at : at + _ROWS], alt=alt)
        _figure(deck, part, branding, chart.title + (" (continued)" if at else ""))


def _figure(deck: Presentation, chart: Chart, branding: BriefBranding, title: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_ONLY_TITLE])
    _heading(slide, title, branding)
    shape = _bars(slide, chart, branding) if chart.kind in _DRAWN else _table(slide, chart)
    shape._element._nvXxPr.cNvPr.set("descr", chart.alt)
    _band(slide, branding)
    _notes(slide, chart.alt)


def _bars(slide: Slide, chart: Chart, branding: BriefBranding) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    data = _new_data()
    rows = list(reversed(chart.rows))
    data.categories = [str(row[0]) for row in rows]
    series = chart.columns[1:2] if chart.kind == "bars" else chart.columns[1:]
    for at, name in enumerate(series, start=1):
        data.add_series(name, [int(str(row[at])) for row in rows])
    shape: Any = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Inches(0.7), Inches(1.5), Inches(11.9), Inches(5.4), data
    )
    drawn = shape.chart
    drawn.has_legend, drawn.legend.position = True, XL_LEGEND_POSITION.BOTTOM
    drawn.legend.include_in_layout = False
    drawn.font.size = Pt(14)
    drawn.plots[0].has_data_labels, drawn.plots[0].gap_width = True, 60
    for series, colour in zip(drawn.plots[0].series, (branding.accent, "#A6AEB5"), strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour)
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    return shape


def _table(slide: Slide, chart: Chart) -> Any:
    from pptx.util import Inches, Pt

    rows = [chart.columns, *chart.rows]
    size = (Inches(0.7), Inches(1.6), Inches(11.9), Inches(0.45 * len(rows)))
    shape: Any = slide.shapes.add_table(len(rows), len(chart.columns), *size)
    if len(chart.columns) > _MANY_COLUMNS:
        first, *others = shape.table.columns
        first.width = Inches(5.5)
        for column in others:
            column.width = Inches(6.4 / len(others))
    for at, values in enumerate(rows):
        for cell, value in zip(shape.table.rows[at].cells, values, strict=True):
            cell.text = str(value)
            cell.text_frame.paragraphs[0].font.size = Pt(14)
    return shape


def _rgb(colour: str) -> Any:
    from pptx.dml import color

    colours: Any = color.RGBColor
    return colours.from_string(colour[1:])


def _new_data() -> Any:
    from pptx.chart import data

    made: Any = data.CategoryChartData
    return made()


def _notes(slide: Slide, text: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = text
