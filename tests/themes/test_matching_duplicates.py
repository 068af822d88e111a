from lif_nlp.records import Assignment, Theme
from lif_nlp.themes.discovery.emergent import DiscoveredThemes
from lif_nlp.themes.matching import drop_duplicates_of

SHAPED = DiscoveredThemes(
    (Theme("s-1", "Post", "sub", parent="recording"), Theme("e-1", "Doors", "emergent")),
    (Assignment("f1", "s-1", 0.8), Assignment("f2", "s-1", 0.8), Assignment("f9", "e-1", 0.8)),
)


def discovered(theme_id, *finding_ids, kind="sub", parent="recording"):
    theme = Theme(theme_id, "Letters", kind, parent=parent)
    return DiscoveredThemes((theme,), tuple(Assignment(f, theme_id, 0.7) for f in finding_ids))


def test_a_theme_found_again_with_its_id_is_the_one_that_a_person_shaped():
    remaining = drop_duplicates_of(SHAPED, discovered("s-1", "f1", "f3"))
    assert remaining.themes == ()
    assert [(a.finding_id, a.theme_id) for a in remaining.assignments] == [
        ("f1", "s-1"),
        ("f3", "s-1"),
    ]


def test_so_is_one_that_shares_most_of_its_findings():
    remaining = drop_duplicates_of(SHAPED, discovered("s-7", "f1", "f2", "f3"))
    assert remaining.themes == ()
    assert {a.theme_id for a in remaining.assignments} == {"s-1"}


def test_half_of_the_findings_or_another_parent_make_another_theme():
    half = discovered("s-7", "f1", "f3")
    other = discovered("s-7", "f1", "f2", parent="early_help")
    assert drop_duplicates_of(SHAPED, half) == half
    assert drop_duplicates_of(SHAPED, other) == other
