"""`lif card`: an example to paste, the card in force, and its faults."""

import json

CARD = '[card]\nfront_door = "01632 960001"\n[[card.tools]]\nname = "Profile"\non = ["{subject}"]\n'


def test_without_a_card_an_example_is_printed_that_can_be_pasted(lif, tmp_path):
    shown = lif("card", "-w", tmp_path)
    assert shown.code == 0
    assert shown.err.startswith("no card is set; paste this at the end of ")

    (tmp_path / "lif.toml").write_text(shown.out, encoding="utf-8")
    pasted = lif("card", "-w", tmp_path)
    assert pasted.out.splitlines()[:2] == [
        "A child is in danger now: 999",
        "Worried about a child (Monday to Friday, 8.30 to 17.00): 01632 960001",
    ]
    assert pasted.err == ""


def test_a_card_in_force_is_shown_with_what_is_not_set(lif, tmp_path):
    (tmp_path / "lif.toml").write_text(CARD.format(subject="neglect"), encoding="utf-8")
    shown = lif("card", "-w", tmp_path)
    assert shown.out.splitlines()[-1] == "Tool: Profile"
    assert shown.err == (
        "not set: out_of_hours, procedures, escalation, courses; see: lif card --example\n"
    )
    assert lif("card", "-w", tmp_path, "--example").out.startswith("[card]\n")
    assert json.loads(lif("card", "-w", tmp_path, "--json").out)["front_door"] == "01632 960001"


def test_an_unknown_subject_is_one_line(lif, tmp_path):
    (tmp_path / "lif.toml").write_text(CARD.format(subject="neglct"), encoding="utf-8")
    shown = lif("card", "-w", tmp_path)
    assert shown.code == 1
    assert "card.tools.1.on: there is no 'neglct'" in shown.err
    assert len(shown.err.splitlines()) == 1
