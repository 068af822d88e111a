"""A partnership's own branding, from its lif.toml to every format; and words that stay words."""

import re
import zipfile
from io import BytesIO

import pytest

from lif_nlp.config import Branding, load_settings
from lif_nlp.errors import ConfigError
from lif_nlp.workflow.branding import locate_branding_files
from tests.briefs.conftest import SENTENCES, SHARE, invented

HOSTILE = (
    "Officers wrote <b>bold</b>, **stars**, _lines_ & [a link](file:x) to partners, "
    "=cmd|' /c call'! and <script>alert(1)</script> {{ 7*7 }} and schools and agencies were told "
    "promptly of plans."
)


@pytest.fixture
def branding(tmp_path):
    """A workspace with a logo, a Word template and a lif.toml that names them."""
    docx = pytest.importorskip("docx")
    from docx.shared import RGBColor
    from PIL import Image

    Image.new("RGB", (60, 20), "#117733").save(tmp_path / "logo.png")
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Saltreach Learning Hub"
    word.styles["Heading 1"].font.color.rgb = RGBColor.from_string("663399")
    for name in ("Quote", "Caption", "List Number"):
        style = word.styles[name].element
        style.getparent().remove(style)
    word.save(tmp_path / "house.docx")
    (tmp_path / "lif.toml").write_text(
        '[branding]\npartnership = "Saltreach Safeguarding Partnership"\nlogo = "logo.png"\n'
        'template = "house.docx"\naccent = "#117733"\ncontact = "learning@saltreach.example"\n',
        "utf-8",
    )
    return locate_branding_files(load_settings(tmp_path).branding, tmp_path)


def test_a_lif_toml_gives_its_names_colours_and_logo_to_every_format(make, branding, tmp_path):
    pptx = pytest.importorskip("pptx")
    paths = make(theme=SHARE, branding=branding, formats=("html", "md", "pptx"), out=tmp_path / "b")
    page, text = (path.read_text("utf-8") for path in paths[:2])
    assert "--accent: #117733" in page and 'class="logo" src="data:image/png;base64,' in page
    for told in (page, text):
        assert "Saltreach Safeguarding Partnership" in told
        assert "learning@saltreach.example" in told
    first = pptx.Presentation(str(paths[2])).slides[0]
    logos = [shape for shape in first.shapes if shape.shape_type == 13]
    assert [shape._element._nvXxPr.cNvPr.get("descr") for shape in logos] == [branding.partnership]


def test_a_word_template_keeps_its_header_and_styles_and_gains_those_it_lacks(
    make, branding, tmp_path
):
    import docx

    path = make(theme=SHARE, branding=branding, formats=("docx",), out=tmp_path / "b")[0]
    word = docx.Document(str(path))
    assert word.sections[0].header.paragraphs[0].text == "Saltreach Learning Hub"
    assert str(word.styles["Heading 1"].font.color.rgb) == "663399"
    used = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Quote", "Caption", "List Number", "Heading 1"} <= used
    assert len(word.inline_shapes) == 3  # logo and two charts
    assert "Saltreach Safeguarding Partnership" in " ".join(p.text for p in word.paragraphs)


def test_a_template_of_the_kind_dotx_is_taken_too(make, branding, tmp_path):
    import docx

    source, target = tmp_path / "house.docx", tmp_path / "house.dotx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            kind = b"wordprocessingml.document.main+xml"
            text = old.read(name).replace(kind, b"wordprocessingml.template.main+xml")
            new.writestr(name, text)
    chosen = branding.model_copy(update={"template": target})
    path = make(theme=SHARE, branding=chosen, formats=("docx",), out=tmp_path / "b")[0]
    assert docx.Document(str(path)).sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("name", ["gone.docx", "notes.docx"])
def test_a_template_that_cannot_be_used_is_refused(make, tmp_path, name):
    (tmp_path / "notes.docx").write_text("plain words", "utf-8")
    message = r"^lif\.toml: branding\.template is .*, which is not a readable Word file"
    with pytest.raises(ConfigError, match=message):
        make(theme=SHARE, branding=Branding(template=tmp_path / name), formats=("docx",))


@pytest.fixture
def hostile():
    row = list(SENTENCES[0])
    row[6] = HOSTILE
    return invented([tuple(row), *SENTENCES[5:]])


def test_words_of_a_report_stay_words_on_the_web_page(make, hostile):
    page = make(hostile, theme=SHARE)[0].read_text("utf-8")
    quote = re.search(r"<blockquote>“(Officers wrote .*?)”</blockquote>", page).group(1)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in quote
    assert "<script" not in page and "<b>" not in page


def test_words_of_a_report_stay_words_in_markdown(make, hostile):
    text = make(hostile, theme=SHARE, formats=("md",))[0].read_text("utf-8")
    line = next(line for line in text.splitlines() if "Officers wrote" in line)
    assert r"\<b\>bold\</b\>, \*\*stars\*\*, \_lines\_ & \[a link\](file:x)" in line
    assert r"\<script\>" in line
    assert re.sub(r"\\(?=[^A-Za-z0-9\s])", "", line).strip() == f"> “{HOSTILE}”"


def test_words_of_a_report_stay_words_in_word_and_slides(make, hostile):
    import docx

    pptx = pytest.importorskip("pptx")
    paths = make(hostile, theme=SHARE, formats=("docx", "pptx"))
    word = docx.Document(BytesIO(paths[0].read_bytes()))
    assert f"“{HOSTILE}”" in [paragraph.text for paragraph in word.paragraphs]
    slides = pptx.Presentation(str(paths[1])).slides
    told = [p.text for s in slides for b in s.placeholders for p in b.text_frame.paragraphs]
    assert f"“{HOSTILE}”" in told
    assert not any(path.suffix == ".bin" for path in map(_as_path, word.part.package.iter_parts()))


def _as_path(part):
    from pathlib import PurePosixPath

    return PurePosixPath(str(part.partname))


def test_words_of_a_report_stay_words_in_a_pdf(make, hostile):
    pytest.importorskip("weasyprint")
    import pypdfium2

    printed = pypdfium2.PdfDocument(make(hostile, theme=SHARE, formats=("pdf",))[0])
    told = " ".join(page.get_textpage().get_text_range() for page in printed)
    # wherever a line ends
    assert "<script>alert(1)</script>{{7*7}}" in re.sub(r"\s+", "", told)


def test_the_table_house_of_version_0_1_still_counts_and_warns(tmp_path):
    (tmp_path / "lif.toml").write_text('[house]\npartnership = "Saltreach"\n', "utf-8")
    with pytest.warns(
        DeprecationWarning, match=r"^lif\.toml: .*\[house\].* rename it \[branding\]"
    ):
        settings = load_settings(tmp_path)
    assert settings.branding == Branding(partnership="Saltreach")


def test_the_class_house_of_version_0_1_is_the_new_one_and_warns():
    with pytest.warns(DeprecationWarning, match=r"^lif_nlp\.config\.House .* use Branding$"):
        from lif_nlp.config import House
    assert House is Branding
