"""Styles of a Word brief: ours, or those of a partnership's own template."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lif_nlp.briefs.writers.branding import BriefBranding
from lif_nlp.errors import ConfigError

if TYPE_CHECKING:
    from docx.document import Document as Word

_FONT = "Calibri"
_SOFT = "444C54"
# (style, points, bold, in the accent colour, space before, space after)
_STYLES = (
    ("Normal", 9.5, False, False, 0, 3),
    ("Title", 21, True, True, 0, 2),
    ("Subtitle", 10, False, False, 0, 4),
    ("Heading 1", 12, True, True, 8, 3),
    ("Heading 2", 10.5, True, True, 6, 2),
    ("Quote", 9.5, False, False, 2, 0),
    ("Caption", 8, False, False, 0, 4),
    ("List Bullet", 9.5, False, False, 0, 2),
    ("List Number", 9.5, True, False, 0, 2),
)


def set_up(word: Word, branding: BriefBranding) -> None:
    """Give a new document A4 pages and our styles in the accent colour."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    page = word.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.7)
    page.top_margin = page.bottom_margin = Cm(1.4)
    for name, size, bold, accented, before, after in _STYLES:
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(branding.accent[1:] if accented else "1D2329")
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [k for k in fonts.attrib if "heme" in k]:
            del fonts.attrib[key]  # a theme font would win over the name given
        for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), _FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        style.paragraph_format.line_spacing = 1.04
    for name in ("Subtitle", "Caption"):
        word.styles[name].font.color.rgb = RGBColor.from_string(_SOFT)
    quote: Any = word.styles["Quote"]
    quote.paragraph_format.left_indent = Cm(0.35)
    quote.paragraph_format.keep_with_next = True
    _bar(quote, branding.accent)
    title_border = word.styles["Title"].element.find(qn("w:pPr")).find(qn("w:pBdr"))
    # Word's own title has a line below it, where ours has the subtitle.
    if title_border is not None:
        title_border.getparent().remove(title_border)
    for border in word.styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for side in border:
            side.set(qn("w:color"), "B9C2CA")
    for lang in word.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")


def _bar(style: Any, colour: str) -> None:
    """A coloured rule at the left of a paragraph style."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", colour[1:])):
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    style.element.get_or_add_pPr().append(borders)


def from_template(template: Path) -> Word:
    """A new document from a partnership's .docx or .dotx, with every style that a brief uses.

    The template's own styles, headers, footers and margins stay as they are.
    Raises ConfigError when it is not a Word file.
    """
    import docx

    try:
        word = docx.Document(_as_document(template))
    except (OSError, KeyError, ValueError, BadZipFile, docx.exceptions.PythonDocxError) as error:
        raise ConfigError(
            f"lif.toml: branding.template is {template}, which is not a readable Word file; "
            "correct the path and run again"
        ) from error
    _lacking(word)
    return word


def _as_document(template: Path) -> BytesIO:
    """The file's bytes; a .dotx with the content type of a document, which it becomes."""
    out = BytesIO()
    with ZipFile(template) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"document.template", b"document").replace(
                    b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
                )
            new.writestr(name, content)
    out.seek(0)
    return out


def _lacking(word: Word) -> None:
    """Add the styles of a brief that the template does not have, plain, after its own Normal."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    names = {style.name for style in word.styles}
    for name, size, bold, *_ in _STYLES:
        if name in names:
            continue
        style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if "Normal" in names:
            # The template's own font and language come with it.
            style.base_style = word.styles["Normal"]
        style.font.size, style.font.bold = Pt(size), bold
    if "Table Grid" not in names:
        word.styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE, builtin=True)
