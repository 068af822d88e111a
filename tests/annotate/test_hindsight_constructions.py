"""Each construction of hindsight wording is told from the sentence most like it."""

import pytest

EXPLICIT, COUNTERFACTUAL, OUTCOME = {"explicit"}, {"counterfactual"}, {"outcome"}
BLAME, AWARE = {"blame"}, {"aware"}
BOTH, NONE = EXPLICIT | AWARE, frozenset[str]()


@pytest.fixture(scope="module")
def codes(annotator):
    def _codes(text):
        [found] = annotator.label([text])
        return {*found.hindsight, *(["aware"] if found.aware else [])}

    return _codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Only when the two logs were put side by side did the link appear.", EXPLICIT),
        ("Only when the two parents sat side by side did the child speak.", NONE),
        ("Armed with the chronology, a reader sees the thread at once.", EXPLICIT),
        ("Armed with a bat, the uncle came to the door.", NONE),
        ("We have the privilege of knowing how this case ended.", EXPLICIT | AWARE),
        ("We asked each family how the placement ended.", NONE),
        ("As it turned out, the lodger had two names.", EXPLICIT),
        ("The van turned out of the yard.", NONE),
        ("The remark takes on a darker meaning after the conviction.", EXPLICIT),
        ("The team takes on a wider role after the restructure.", NONE),
        ("Looking back, the manager said, the plan rested on one aunt.", EXPLICIT),
        ("Looking back on his own schooldays, Father laughed.", NONE),
        ("From this distance the pattern is plain.", EXPLICIT),
        ("From this distance the driver could see the lights.", NONE),
    ],
)
def test_explicit_wording(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The nurse regrets that she had not rung and wishes she had asked.",
            COUNTERFACTUAL,
        ),
        ("The mother wishes she had moved to a larger town.", NONE),
        ("'They could have told me on my own,' said the boy.", COUNTERFACTUAL),
        ("They could have gone to the park on their own.", NONE),
        ("The review is where this question belonged, and it was not put.", COUNTERFACTUAL),
        ("The panel is where such questions belong.", NONE),
        ("That was the moment to ask about the bruise, and nobody did.", COUNTERFACTUAL),
        ("That was the moment at which the ambulance arrived.", NONE),
        ("With sight of the letter, the GP would have examined him.", COUNTERFACTUAL),
        ("With his family, he would have lunch on Sundays.", NONE),
        ("She need not have waited nine weeks for a bed.", COUNTERFACTUAL),
        ("She need not wait for a bed.", NONE),
        ("A child in need meeting should have taken place in May.", COUNTERFACTUAL),
        ("A child in need should have a plan.", NONE),
        ("The staff would have done things differently.", COUNTERFACTUAL),
        ("The brothers would have done the washing by then.", NONE),
        ("All staff should have completed the module by the end of June.", NONE),
        ("Mother could have had the baby at home or at either hospital.", NONE),
        (
            "The police let her girl down and they should have kept him in.",
            BLAME | COUNTERFACTUAL,
        ),
    ],
)
def test_counterfactual_wording(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anyone reading the log could see where this was heading.", OUTCOME),
        ("The officers asked her where the bus was heading.", NONE),
        ("His teacher had seen it coming for months.", OUTCOME),
        ("She had seen the bus coming and stepped back.", NONE),
        ("Serious injury was always going to be the result.", OUTCOME),
        ("The nursery was always going to close in July.", NONE),
        ("By the time the visit was made it was too late.", OUTCOME),
        ("By the time she applied it was too late for a nursery place.", NONE),
        ("Given fluids that night, he would probably have recovered.", COUNTERFACTUAL | OUTCOME),
        ("He has recovered well from the operation.", NONE),
        ("It was clear where the assaults were leading.", OUTCOME),
        ("It was clear who was leading the meeting.", NONE),
        ("This was a tragedy in the making.", OUTCOME),
        ("The tool was two years in the making.", NONE),
    ],
)
def test_outcome_wording(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is not for this review to say who was culpable.", NONE),
        ("The ward manager was culpable.", BLAME),
        ("Failure to comply with this order may lead to a fine.", NONE),
        ("Failure to comply with its own order led to the delay.", BLAME),
        ("The harm came about through an act or failure to act.", NONE),
        ("There were failings to take the steps agreed.", BLAME),
        ("We must act so that no other child is overlooked.", NONE),
        ("The two brothers were overlooked by the team.", BLAME),
        ("The council abdicated its responsibility for the flats.", BLAME),
        ("The king abdicated.", NONE),
    ],
)
def test_blame_wording(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing held by the clinic at that date pointed to any danger.", AWARE),
        ("Nothing held by the clinic was shared.", NONE),
        ("It is easy to see why, after so warm a welcome, the nurse left reassured.", AWARE),
        ("It is easy to see why the mother left.", NONE),
        ("The team's confidence was understandable: the flat was warm and clean.", AWARE),
        ("The mother's anger was understandable.", NONE),
        ("The worker's hope may be understood in the light of two good months.", AWARE),
        ("The figures may be understood in the light of two mergers.", NONE),
        ("From the duty desk, with nine calls waiting, this looked like a routine query.", AWARE),
        ("From the desk, the inspector took a leaflet.", NONE),
        ("To the student nurse, new to the ward, it looked like a simple graze.", AWARE),
        ("To the child, new to the school, it looked like a palace.", NONE),
        ("The calls went to three agencies, none of which knew of the others.", AWARE),
        ("The boys went to three schools, none of which had a counsellor.", NONE),
        ("Taken one by one, the injuries seemed minor and well explained.", AWARE),
        ("Incidents were taken one by one and risk was missed.", NONE),
        ("It would be unfair to suppose that the clerk saw what we see.", EXPLICIT | AWARE),
        ("It would be unfair to move the child again.", NONE),
        ("The plan was sensible in view of what the ward had heard.", AWARE),
        ("The plan was sensible and child centred.", NONE),
        ("The midwife was not to know that the address was false.", AWARE),
        ("The midwife did not know that the form existed.", NONE),
        ("It is hard to see what else the officer could have done that night.", AWARE),
        ("It is hard to see what the policy asks of staff.", NONE),
        ("The reviewers tried to see each visit as it looked to those who made it.", AWARE),
        ("The reviewers tried to see each family twice.", NONE),
        ("The outcome would probably have been the same even with an earlier visit.", AWARE),
        ("She was reassured, as any of us would have been, by the father's calm.", AWARE),
        ("The pattern was not visible to any one agency.", AWARE),
        ("The poster was not visible to visitors.", NONE),
        ("The doctor had before her only a short note and a smiling child.", AWARE),
        ("The doctor had before her a long career.", NONE),
    ],
)
def test_wording_that_takes_the_view_from_the_time(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Read again now, the letter is a plea.", EXPLICIT),
        ("The letter was read again and filed.", NONE),
        ("Only after the trial did it become clear that he had used two names.", EXPLICIT),
        ("The lodger was later to emerge as the owner.", EXPLICIT),
        ("It was open to the chair to call a second meeting, but none was called.", COUNTERFACTUAL),
        ("It was open to the public, but few came.", NONE),
        ("One call was all it would have taken.", COUNTERFACTUAL),
        ("One call was all that the log held.", NONE),
        ("The nurse had nothing to suggest that the account was false.", AWARE),
        ("The child had nothing to suggest for the menu.", NONE),
        ("The officers were led to believe that the flat was empty.", AWARE),
        ("The mother was led to believe that the flat was empty.", NONE),
        ("The response was proportionate to what was known.", AWARE),
        ("The response is proportionate to need.", NONE),
        ("It was a natural assumption to make.", AWARE),
        ("It is a natural history museum.", NONE),
        ("With hindsight the visit mattered, but the worker knew nothing of it then.", BOTH),
        ("With hindsight the risk was plain, but no referral was made.", EXPLICIT),
        ("The cause became clear only later.", EXPLICIT),
        ("The road became clear at noon.", NONE),
        ("In the light of the verdict, the visit reads differently.", EXPLICIT),
        ("In the light of the verdict, he was moved.", NONE),
        ("At the time, each agency thought that another was visiting.", AWARE),
        ("At the time, each child was at school.", NONE),
        ("There was nothing in the notes to cause alarm.", AWARE),
        ("There was nothing in the notes.", NONE),
        ("Nobody could have seen this coming.", AWARE),
        ("His teacher could have seen this coming.", COUNTERFACTUAL | OUTCOME),
        ("The team made the best choice it could with what it had.", AWARE),
        ("The team made the best use of its rooms.", NONE),
        ("Few managers would have acted otherwise.", AWARE),
        ("Few managers acted on the audit.", NONE),
    ],
)
def test_wording_that_contrasts_the_reader_with_the_worker(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On the opinion then available, the ward sent her home.", AWARE),
        ("On the form then in use, the ward wrote her name.", NONE),
        ("Working from a single call, the officer formed a view.", AWARE),
        ("Working from home, the officer formed a rota.", NONE),
        ("Nothing in the letter would have set this boy apart from his class.", AWARE),
        ("Nothing in the room was set apart for play.", NONE),
        ("Those who visited the flat had no idea that a third man slept there.", AWARE),
        ("Those who visited the flat had no idea who the lead professional was.", NONE),
        ("What was known about the uncle that day did not point to him.", AWARE),
        ("What was known about the van that day was sent to all cars.", NONE),
        ("In the position in which the nurse found herself, she did well.", AWARE),
        ("In the position in which the mother found herself, she moved out.", NONE),
        ("Information known to the clinic at that point was thin.", AWARE),
        ("Information known to the clinic at that point was not shared.", NONE),
        ("The worker believed at the time that he was in work.", AWARE),
        ("The father had known at the time that the boy was ill.", NONE),
        ("The school could not have known that he was back.", AWARE),
        ("The aunt could not have known that he was back.", NONE),
    ],
)
def test_wording_about_what_those_who_acted_could_see(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The doctor's assessment that the boy was safe was a reasonable one.", AWARE),
        ("The assessment of the boy was reasonable in length.", NONE),
        ("It is understandable that the mother was believed.", AWARE),
        ("It is understandable that the mother was upset.", NONE),
        ("It was natural in that setting to expect more of the same.", AWARE),
        ("It was natural for the sisters to share a room.", NONE),
        ("One forgets how ordinary the visit must have seemed.", AWARE),
        ("One forgets how frightening the visit must have seemed.", NONE),
        ("The officers were entitled to rely on the court's finding.", AWARE),
        ("The carers were entitled to a grant.", NONE),
    ],
)
def test_wording_about_reasonable_acts(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No agency can be criticised for being unaware of the second flat.", AWARE),
        ("The agency was criticised for being unaware of the second flat.", NONE),
        ("The author has sought to avoid crediting staff with later knowledge.", AWARE),
        ("The author has sought to avoid jargon.", NONE),
        ("Staff were asked to put aside what they have since learned.", AWARE),
        ("Staff were asked to put aside a day for training.", NONE),
        ("This is said with hindsight, and the worker had to act that night.", BOTH),
        ("It was only with hindsight that the worker saw the point.", BOTH),
        ("The trust saw with hindsight that the visit mattered.", EXPLICIT),
        ("We have read the court file, which the visitors had not.", AWARE),
        ("The children would know what to say if they had not.", NONE),
        ("Readers have the court file before them; those who visited did not.", AWARE),
        ("The chair saw the court file; those who visited did not.", NONE),
        ("It is easy to find fault today.", AWARE),
        ("It is easy to find the clinic.", NONE),
    ],
)
def test_wording_about_the_method_of_the_review(codes, text, expected):
    assert codes(text) == expected
