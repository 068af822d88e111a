"""A brief as slides, 16:9, with speaker notes, real layouts and native charts."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lif_nlp.briefs.sections.assemble import CIRCLE, STEPS, WRITTEN_ON
from lif_nlp.briefs.sections.speaker_notes import CARE, notes_of, opening
from lif_nlp.briefs.writers import qr_codes
from lif_nlp.briefs.writers.branding import BriefBranding
from lif_nlp.briefs.writers.line_parts import form_columns
from lif_nlp.briefs.writers.slide_shapes import add_card, rgb
from lif_nlp.briefs.writers.slide_text import (
    INK,
    TABLE_HEIGHT,
    TABLE_POINTS,
    TABLE_WIDTH,
    Line,
    column_widths,
    lines_of,
    pages,
    scale_of,
    shared_rows,
    table_height,
)
from lif_nlp.briefs.writers.wheel_slide import add_wheel
from lif_nlp.circulation import for_whom
from lif_nlp.errors import MissingExtraError
from lif_nlp.records import Brief, Chart, Claim, Section
from lif_nlp.text import english

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_DRAWN = ("balance", "bars", "trend")
"""Charts that PowerPoint draws itself, so that they can be changed."""

_HIGHEST_ROW = 0.85
"""Inches of a row of a table at most."""

_FEW_BARS = 5
"""Bars up to which a chart's letters are large."""

_SHORT_ADVICE = 130
"""Letters up to which a line of advice is set large on its card."""

_TITLE, _CONTENT, _ONLY_TITLE, _BLANK = 0, 1, 5, 6
"""Places of four layouts in PowerPoint's standard template, which python-pptx brings."""

_WIDTH, _HEIGHT = 13.333, 7.5
"""Inches of a slide in PowerPoint's own 16:9."""

# (layout, placeholder index) to left, top, width, height in inches
_PLACES = {
    (_TITLE, 0): (0.9, 2.2, 11.5, 1.6),
    (_TITLE, 1): (0.9, 4.0, 11.5, 1.2),
    (_CONTENT, 0): (0.7, 0.45, 11.9, 0.95),
    (_CONTENT, 1): (0.7, 1.5, 11.9, 5.3),
    (_ONLY_TITLE, 0): (0.7, 0.45, 11.9, 0.95),
}


def as_pptx(brief: Brief, branding: BriefBranding) -> bytes:
    """The presentation's bytes; needs the extra `slides`."""
    try:
        import pptx
    except ImportError as error:
        raise MissingExtraError("python-pptx", "slides", "A slide deck") from error
    deck = pptx.Presentation()
    _set_up(deck, branding)
    if brief.kind == "wheel":
        return _one_slide(deck, brief, branding)
    _title(deck, brief, branding)
    care = [Claim("statement", line) for line in brief.cautions]
    if care:
        _page(deck, branding, "Before we begin", care, 0, CARE)
    # Sheets to write on are for paper.
    charts = [chart for chart in brief.charts if chart.columns[-1] != WRITTEN_ON]
    questionnaires = [chart for chart in charts if _is_questionnaire(chart)]
    for chart in questionnaires[:1]:
        _chart(deck, chart, branding)
    sections = [section for section in brief.sections if not section.for_leader]
    for number, section in enumerate(sections, start=1):
        _section(deck, branding, f"{number}. {section.heading}", section)
    for claim in (c for s in sections for c in s.claims if c.kind == "form"):
        _form(deck, claim, branding)
    for chart in (*(c for c in charts if not _is_questionnaire(c)), *questionnaires[1:]):
        _chart(deck, chart, branding)
    if brief.card:
        rows = tuple((name, text) for name, text, _ in brief.card)
        card = Chart("table", "Who to call, and what to use here", ("For", "Number or page"), rows,
                     "Ask people to put the number in their phones now. Ring it yourself the day "
                     "before.")  # fmt: skip
        _chart(deck, card, branding)
        _codes(deck, brief, branding)
    methods = [Claim("count", line) for line in brief.methods]
    note = "Keep this slide in: it shows how certain the findings are."
    _page(deck, branding, "How this was made", methods, 0, note)
    return _saved(deck, brief, branding)


def _one_slide(deck: Presentation, brief: Brief, branding: BriefBranding) -> bytes:
    """A deck of one slide, with all that stands around a brief in its notes."""
    slide = deck.slides.add_slide(deck.slide_layouts[_BLANK])
    add_wheel(slide, brief, branding)
    _notes(slide, "\n\n".join((*brief.cautions, *brief.methods)))
    return _saved(deck, brief, branding)


def _saved(deck: Presentation, brief: Brief, branding: BriefBranding) -> bytes:
    deck.core_properties.title, deck.core_properties.author = brief.title, branding.partnership
    deck.core_properties.language = "en-GB"
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _codes(deck: Presentation, brief: Brief, branding: BriefBranding) -> None:
    """A slide of codes to scan, each with what it leads to."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches

    codes = qr_codes.addresses(brief)
    if not codes:
        return
    slide = deck.slides.add_slide(deck.slide_layouts[_ONLY_TITLE])
    _heading(slide, "Scan it with your phone", branding)
    room = TABLE_WIDTH / len(codes)
    for at, (name, address) in enumerate(codes):
        left = 0.7 + room * at
        picture = slide.shapes.add_picture(
            BytesIO(qr_codes.png(address)), Inches(left), Inches(1.8), width=Inches(2.7)
        )
        picture._element._nvXxPr.cNvPr.set("descr", f"Code that leads to {address}")
        label: Any = slide.shapes.add_textbox(*map(Inches, (left, 4.7, 2.7, 1.2))).text_frame
        label.word_wrap = True
        label.paragraphs[0].text = name
        _style(label.paragraphs[0], 20, INK)
        label.paragraphs[0].alignment = PP_ALIGN.CENTER
    _band(slide, branding)
    _notes(slide, "Leave it on while people fetch their coats. Try each code yourself before.")


def _section(deck: Presentation, branding: BriefBranding, heading: str, section: Section) -> None:
    """The slides of a section; advice to stop, start and keep stands on three cards."""
    claims = list(section.claims)
    advice = [c for c in claims if c.kind == "action" and c.text.partition(":")[0] in STEPS]
    at = numbered = 0
    if len(advice) == len(STEPS):
        _cards(deck, branding, heading, advice, notes_of(section))
        claims, at = [claim for claim in claims if claim not in advice], 1
    for page in pages(claims, branding):
        _page(deck, branding, heading, page, at, notes_of(section, at + 1, page), numbered)
        numbered += sum(claim.kind == "question" for claim in page)
        at += 1


def _cards(
    deck: Presentation, branding: BriefBranding, heading: str, claims: list[Claim], notes: str
) -> None:
    """Three cards side by side, each with its lead word."""
    slide = deck.slides.add_slide(deck.slide_layouts[_ONLY_TITLE])
    _heading(slide, heading, branding)
    size = 26 if max(len(claim.text) for claim in claims) <= _SHORT_ADVICE else 22
    for place, claim in enumerate(claims):
        lead, _, text = claim.text.partition(": ")
        frame = add_card(slide, (0.7 + 4.05 * place, 1.6, 3.8, 4.9), branding.light, 0.25)
        frame.paragraphs[0].text = lead
        _style(frame.paragraphs[0], 30, branding.accent)
        frame.paragraphs[0].font.bold = True
        paragraph = frame.add_paragraph()
        paragraph.text = text
        _style(paragraph, size, INK, 10)
    _band(slide, branding)
    _notes(slide, notes)


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
                    paragraph.font.color.rgb = rgb(branding.accent)


def _title(deck: Presentation, brief: Brief, branding: BriefBranding) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE])
    kind, _, subject = brief.title.partition(": ")
    ground = slide.background.fill
    ground.solid()
    ground.fore_color.rgb = rgb(branding.accent)
    _heading(slide, subject or brief.title, branding, size=48, colour="#FFFFFF")
    readers = f"for {brief.audience}" if brief.audience else ""
    parts = (kind if subject else "", readers, branding.partnership, english.day(brief.created))
    body: Any = slide.placeholders[1]
    body.text = " · ".join(
        part for part in (*parts, for_whom(is_unpublished=brief.is_unpublished)) if part
    )
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
    ground.fill.fore_color.rgb = rgb("#FFFFFF")
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
    numbered: int = 0,
) -> None:
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[_CONTENT])
    _heading(slide, heading + (" (continued)" if at else ""), branding)
    body: Any = slide.placeholders[1]
    frame = body.text_frame
    frame.word_wrap = True
    lines = list(lines_of(claims, branding, numbered))
    scale = scale_of(lines)
    for number, line in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        _write(paragraph, line)
        _style(paragraph, round(line.size * scale), line.colour, round(line.gap * scale))
        properties = paragraph._p.get_or_add_pPr()
        if line.indent:
            properties.set("marL", str(Inches(line.indent)))
        if line.number:
            _count(properties, line.number)
    _band(slide, branding)
    _notes(slide, notes)


def _write(paragraph: Any, line: Line) -> None:
    """The words of a line, its lead in bold, its source as a link."""
    if line.lead:
        lead = paragraph.add_run()
        lead.text, lead.font.bold = line.lead, True
    rest = line.text[len(line.lead) :]
    if rest:
        run = paragraph.add_run()
        run.text = rest
        if line.link:
            run.hyperlink.address = line.link


def _count(properties: Any, number: int) -> None:
    """Number a paragraph in place of a bullet, so that it hangs out at the left."""
    from pptx.util import Inches

    # A paragraph has one kind of bullet; with two PowerPoint repairs the file.
    for old in list(properties):
        if old.tag.endswith("}buNone"):
            properties.remove(old)
    properties.set("marL", str(Inches(0.65)))
    properties.set("indent", str(Inches(-0.65)))
    bullet = properties.makeelement(
        f"{{{_DRAWING}}}buAutoNum", {"type": "arabicPeriod", "startAt": str(number)}
    )
    properties.append(bullet)


def _is_questionnaire(chart: Chart) -> bool:
    """Whether a table is one to circle answers in; the first is filled in before the session."""
    return bool(chart.rows) and all(row[-1] == CIRCLE for row in chart.rows)


def _form(deck: Presentation, claim: Claim, branding: BriefBranding) -> None:
    """The action form as an empty table to fill in on the slide."""
    heads = tuple(form_columns(claim.text))
    note = "Each person writes one action and one date. Collect the sheets or take a picture."
    _figure(deck, Chart("table", "Our action", heads, (("",) * len(heads),) * 4, note), branding,
            "Our action")  # fmt: skip


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
    paragraph.font.color.rgb = rgb(colour)
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.space_before = Pt(gap)
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    # The layout's own bullets would stand before every paragraph.
    properties.insert(0, properties.makeelement(f"{{{_DRAWING}}}buNone", {}))
    for run in paragraph.runs:
        run._r.get_or_add_rPr().set("lang", "en-GB")


_CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _band(slide: Slide, branding: BriefBranding) -> None:
    """A strip of the accent colour at the top, marked as decoration."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    band = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(0), Inches(0), Inches(_WIDTH), Inches(0.18)
    )
    band.fill.solid()
    band.fill.fore_color.rgb = rgb(branding.accent)
    band.line.fill.background()
    # An empty text marks it as decoration for screen readers.
    band._element._nvXxPr.cNvPr.set("descr", "")


_OF_POINTS = 4
"""Columns of the table of points on a slide: name, reports, of how many, share."""


def _chart(deck: Presentation, chart: Chart, branding: BriefBranding) -> None:
    """An editable chart for counts; tables, over as many slides as they need, for the rest."""
    if chart.kind in _DRAWN:
        _figure(deck, chart, branding, chart.title)
        return
    if chart.kind == "points":
        # A column for each year would break the words of every heading; the drawing has them.
        rows_of_counts = tuple(row[:_OF_POINTS] for row in chart.rows)
        chart = replace(chart, columns=chart.columns[:_OF_POINTS], rows=rows_of_counts)
    for number, rows in enumerate(shared_rows(chart)):
        alt = chart.alt + (f" Part {number + 1}." if number else "")
        part = replace(chart, rows=rows, alt=alt)
        _figure(deck, part, branding, chart.title + (" (continued)" if number else ""))


def _figure(deck: Presentation, chart: Chart, branding: BriefBranding, title: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_ONLY_TITLE])
    _heading(slide, title, branding)
    drawn = chart.kind in _DRAWN
    shape = _bars(slide, chart, branding) if drawn else _table(slide, chart, branding)
    shape._element._nvXxPr.cNvPr.set("descr", chart.alt)
    _band(slide, branding)
    _notes(slide, chart.alt)


def _bars(slide: Slide, chart: Chart, branding: BriefBranding) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    data = _new_data()
    is_trend = chart.kind == "trend"
    # PowerPoint draws the first bar at the bottom.
    rows = list(chart.rows) if is_trend else list(reversed(chart.rows))
    data.categories = [str(row[0]) for row in rows]
    if is_trend:
        data.add_series(chart.columns[3], [float(str(row[3]).rstrip("%")) for row in rows])
    else:
        for at, name in enumerate(chart.columns[1 : 2 if chart.kind == "bars" else None], start=1):
            data.add_series(name, [int(str(row[at])) for row in rows])
    form = XL_CHART_TYPE.COLUMN_CLUSTERED if is_trend else XL_CHART_TYPE.BAR_CLUSTERED
    shape: Any = slide.shapes.add_chart(
        form, Inches(0.7), Inches(1.5), Inches(11.9), Inches(5.4), data
    )
    drawn = shape.chart
    drawn.has_legend = chart.kind == "balance"
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.has_title = False
    drawn.font.size = Pt(18 if len(rows) <= _FEW_BARS else 14)
    _name_every_bar(drawn.category_axis)
    drawn.plots[0].has_data_labels, drawn.plots[0].gap_width = True, 60
    for series, colour in zip(drawn.plots[0].series, (branding.accent, "#A6AEB5"), strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(colour)
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    if is_trend:
        drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = 0, 100
        for point, row in enumerate(rows):
            label = drawn.plots[0].series[0].points[point].data_label
            label.text_frame.text = f"{row[3]} ({row[1]} of {row[2]})"
            label.text_frame.paragraphs[0].font.size = Pt(18)
    return shape


def _name_every_bar(axis: Any) -> None:
    """Have PowerPoint print every name of an axis; by itself it leaves out what is tight."""
    skip = axis._element.makeelement(f"{{{_CHARTS}}}tickLblSkip", {"val": "1"})
    later = [
        child for child in axis._element if child.tag.endswith(("tickMarkSkip", "noMultiLvlLbl"))
    ]
    if later:
        later[0].addprevious(skip)
    else:
        axis._element.append(skip)


def _table(slide: Slide, chart: Chart, branding: BriefBranding) -> Any:
    """A table that fills the slide: few rows are high, to be read or written on."""
    from pptx.util import Inches, Pt

    rows = [chart.columns, *chart.rows]
    high = min(_HIGHEST_ROW, TABLE_HEIGHT / len(rows))
    size = (Inches(0.7), Inches(1.6), Inches(TABLE_WIDTH), Inches(high * len(rows)))
    shape: Any = slide.shapes.add_table(len(rows), len(chart.columns), *size)
    widths = column_widths(chart)
    for column, width in zip(shape.table.columns, widths, strict=True):
        column.width = Inches(width)
    points = next((p for p in TABLE_POINTS if table_height(rows, widths, p) <= TABLE_HEIGHT), 12)
    for at, values in enumerate(rows):
        for cell, value in zip(shape.table.rows[at].cells, values, strict=True):
            cell.text = str(value)
            cell.text_frame.paragraphs[0].font.size = Pt(points)
            if at == 0:
                cell.fill.solid()
                cell.fill.fore_color.rgb = rgb(branding.accent)
    return shape


def _new_data() -> Any:
    from pptx.chart import data

    data_class: Any = data.CategoryChartData
    return data_class()


def _notes(slide: Slide, text: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = text
