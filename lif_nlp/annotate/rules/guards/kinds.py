"""Why a guard holds wording back, in one word that a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_GUARDS_OF_KIND = {
    "family": (
        "subject_is_service service_failed_someone is_let_down_by_service is_ignored_by_service"
        " not_said_of_family not_a_family_word not_said_by_family not_a_family_condition"
        " not_a_family_loss not_a_family_view not_a_family_feeling knower_is_not_family"
        " not_done_by_family_or_thing was_for_a_service_to_do subject_is_service_or_unnamed"
        " is_open_to_professionals not_a_personal_memory could_have_is_about_practice"
        " is_counterfactual_by_service fault_is_of_service is_failure_of_service"
    ),
    "negated": (
        "not_negated verb_not_negated not_a_denied_noun not_a_denied_case not_clearing not_not_have"
        " signs_were_present not_called_unlikely not_a_warning_about_hindsight"
        " not_setting_hindsight_aside judges_all_the_same"
    ),
    "duty": (
        "not_a_requirement_in_force not_in_a_standing_rule is_past_need says_it_was_not_done"
        " is_past_call_for_a_step not_a_definition not_a_possible_failure"
    ),
    "medical": "not_a_prognosis not_a_medical_opinion not_if_untreated not_about_causing_harm",
    "accident": "not_about_an_accident passive_is_about_practice not_a_mechanical_release",
    "question": "not_a_question not_left_open not_a_mere_possibility",
    "future": "not_about_the_future not_prevention_of_loss not_about_the_present mentions_the_past",
    "inference": "not_an_inference has_modal_have has_modal_have_or_only is_imagined_step",
    "no harm": (
        "is_past_harm is_past_harm_not_delay harm_was_coming is_too_late_to_save ending_is_harm"
        " prevention_is_of_harm"
    ),
}

KINDS: Mapping[str, str] = MappingProxyType(
    {name: kind for kind, names in _GUARDS_OF_KIND.items() for name in names.split()}
)
"""Kind of each guard that people meet often; for any other, `kind_of_guard` gives "other"."""


def kind_of_guard(name: str) -> str:
    """The kind of a guard, of "cleared" or of "denied".

    >>> kind_of_guard("subject_is_service"), kind_of_guard("cleared"), kind_of_guard("not_thanks")
    ('family', 'cleared', 'other')
    """
    return KINDS.get(name, name if name in ("cleared", "denied") else "other")
