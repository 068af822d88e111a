"""Constructions of practice reviews, each told from the sentences most like it.

The sentences are invented.  Of the 20 or so of each code, version 0.1 marked: counterfactual 6,
blame 2, outcome 5, explicit 9, aware 4.
"""

import pytest

COUNTERFACTUAL = (
    "A call to the school would have settled the matter.",
    "A home visit may have shown a different picture.",
    "Seeing him alone might well have changed the plan.",
    "More could have been made of the letter.",
    "The review would have liked to see the school invited.",
    "It was open to six people to ring; none did.",
    "There was scope for an earlier conference.",
    "One would expect a chronology by then.",
    "It was a window that closed unused.",
    "This presentation merited a second opinion.",
    "Another chance came in May and went.",
    "The case lent itself to a family meeting which nobody proposed.",
    "A referral was warranted on three dates.",
    "The pathway, if followed, leads to a scan.",
    "At the least, the midwife needed a call.",
    "Could more have been done? We believe so.",
    "Earlier legal advice was indicated.",
    "Best practice is to ask both parents; one was asked.",
    "The threshold was passed, and no enquiry was opened.",
    "Opportunities: booking, scan, discharge; unused.",
    "She ought to have had a named nurse and had none.",
    "The plan was for her to have moved by then.",
    "A little more care would have made it work.",
)

BLAME = (
    "The response fell well short of what families can expect.",
    "Workload is no excuse.",
    "The duty desk sat on the email for nine days.",
    "Her warnings went unheeded.",
    "Her calls fell on deaf ears.",
    "Even basic checks were not made.",
    "The decision does not stand up to scrutiny.",
    "It is disappointing that nobody rang the aunt.",
    "Inexplicably, the team closed the case.",
    "The family was passed from pillar to post.",
    "Agencies were content to wait.",
    "The risk was pushed onto the surgery.",
    "Professionals allowed themselves to be reassured by a clean kitchen.",
    "Practice was naive.",
    "Complacency set in once the plan ended.",
    "The core group was little more than a tick-box exercise.",
    "Professionals colluded in the silence.",
    "Nobody troubled to read the file.",
    "It is hard to understand why no one acted.",
    "He was forgotten by the system.",
)

OUTCOME = (
    "The writing was on the wall.",
    "It was a tragedy waiting to happen.",
    "That was the first step on the road to her death.",
    "The meeting sealed his fate.",
    "It was harm that should have been stopped.",
    "The fatal weekend began with a discharge.",
    "Given how it ended, the visit in April matters most.",
    "Their trust in him proved misplaced.",
    "Events were to show how wrong that was.",
    "This set the stage for the injuries.",
    "The delay had grave consequences.",
    "The assault bore out the aunt's fear.",
    "The risk was realised in June.",
    "It was a matter of when, not if.",
    "All the ingredients were there.",
    "The placement was heading one way.",
    "Tragically, the plan was still in draft.",
    "The injury shows the assessment was wrong.",
    "Her death vindicates those who worried.",
    "She rang the ward in what proved the last contact.",
)

EXPLICIT = (
    "Knowing what we do today, the call stands out.",
    "Viewed from here, the call stands out.",
    "Even allowing for hindsight, the gap is wide.",
    "One hardly needs hindsight to see the gap.",
    "Hindsight or not, the file was thin.",
    "The trust now recognises that the letter mattered.",
    "After the event it is plain that he had moved in.",
    "Only afterwards did it become clear that he had moved in.",
    "We can see now that the two were linked.",
    "Now that the whole story is in one place, the link is plain.",
    "Reading the merged chronology, the danger jumps out.",
    "In the light of the later disclosure, the drawing reads differently.",
    "The trial casts a new light on the visit.",
    "What has since come to light alters the picture.",
    "On reflection, staff accept that the letter mattered.",
    "They would now ask the question again.",
    "It does not take hindsight to see the pattern.",
    "This is not said with hindsight: the rule was known.",
    "While mindful of hindsight, the panel finds the delay too long.",
    "The luxury of time lets us see the pattern.",
)

AWARE = (
    "To the officer at the door it looked like a row about money.",
    "The nurse acted in line with the guidance then in force.",
    "It would be unfair to expect a locum to know.",
    "They had every reason to believe it was working.",
    "Each step, taken alone, was defensible.",
    "Any midwife would have been reassured.",
    "It sat in a system the ward cannot open.",
    "Only six records side by side show the pattern.",
    "The account fitted the injury.",
    "We do not suggest this would have altered the outcome.",
    "No one held all three facts.",
    "This was the usual path for such calls.",
    "Seen from the clinic, the gain in weight was good news.",
    "He came across as caring and nothing contradicted this.",
    "The allegation was unconfirmed then.",
    "Knowing only what SW2 was told, closing was logical.",
    "They weighed two risks and chose the likelier.",
    "It was common practice, not one worker's lapse.",
    "Its meaning changed only after the scan.",
    "The link looks stronger now than it did.",
)

NEAR_MISSES = (
    "He was admitted as a result of a fall.",
    "Details have been altered to protect the child.",
    "She said she moved because of the neighbours.",
    "She said she would have left if she had been housed.",
    "This could have serious effects.",
    "All staff have an opportunity to train.",
    "The mother was thought to collude with him.",
    "No criticism is made of the midwife.",
    "The baby was admitted with failure to thrive.",
    "The panel was asked whether it was predictable.",
    "Toxicology found a fatal dose.",
    "The last visit was on 3 May.",
    "The entry was written in retrospect at 6 pm.",
    "Looking back on her childhood, she smiled.",
    "Looking through the file took days.",
    "At the time of the incident he was three.",
    "The mother understood the plan.",
    "She was understandably upset.",
    "Good practice would be to ring.",
    "His carer failed to watch him.",
    "The parents should have rung.",
    "He has renal failure.",
    "He failed to find work.",
    "By May she would have been able to hear.",
    "As one might have done last year.",
    "We saw no child for whom court should have been considered.",
    "His appeal failed in 2009.",
    "The brakes failed.",
    "She was not told that the GP had left.",
)

TABLE = {
    "counterfactual": COUNTERFACTUAL,
    "blame": BLAME,
    "outcome": OUTCOME,
    "explicit": EXPLICIT,
    "aware": AWARE,
}


@pytest.fixture(scope="module")
def codes(annotator):
    def _codes(text):
        [finding] = annotator.label([text])
        return {*finding.hindsight, *(["aware"] if finding.aware else [])}

    return _codes


@pytest.mark.parametrize("code", TABLE)
def test_every_construction_of_practice_reviews_is_marked(codes, code):
    missed = [text for text in TABLE[code] if code not in codes(text)]
    assert missed == []


def test_what_takes_the_view_from_the_time_has_no_other_code(codes):
    assert [text for text in AWARE if codes(text) != {"aware"}] == []


def test_hindsight_that_is_denied_and_used_all_the_same_is_not_aware(codes):
    assert [text for text in EXPLICIT if "aware" in codes(text)] == []


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses_are_not_marked(codes, text):
    assert codes(text) - {"aware"} == set()
