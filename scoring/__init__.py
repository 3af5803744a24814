"""What the answers are worth: scores, item statistics, reliability and the cut.

A name is imported from its module on first use, so that ``import scoring`` costs no more than itself;
`LAZY` lists the public names by module.
"""

import importlib
from typing import Any

LAZY: dict[str, str] = {
    "errors": "CutScoreError ResponseError ScoringError StandardSettingError ThresholdError",
    "keys": "ItemKey parse_key plain_option",
    "encoding": "Missing NO_OPTION encode_options unanswered_kinds",
    "responses": "ResponseMatrix as_responses",
    "sheets.text": "SheetProblem",
    "sheets.key_sheet": "read_key",
    "sheets.response_sheet": "SheetOptions columns_left_out read_sheet",
    "classical.moments": "Moments moments_of",
    "classical.item_analysis": "ItemAnalysis ItemRow item_analysis upper_lower_index",
    "classical.options": "OptionCurves OptionStatistics option_analysis option_curves",
    "scores": "AreaScore FormScore Points ScoreGround ScoredItem Threshold Verdict judge score_answers",
    "rescoring": "KeyChange RescoringPreview ScoreChange preview_rescoring",
    "classical.reliability": (
        "Reliability alpha_interval cronbach_alpha kr20 kr21 omega_total reliability_of sem"
    ),
    "classical.conditional_error": "compound_binomial_sem conditional_sem",
    "classical.moodle": "MoodleStatistics moodle_statistics random_guess_score random_guess_scores",
    "cut.true_scores": "BetaTrueScores fit_true_scores",
    "cut.consistency": "DecisionConsistency hanson_brennan huynh livingston_lewis subkoviak",
    "cut.irt_consistency": "lee_classification rudner_classification score_distribution",
    "cut.precision": "PersonPrecision misclassification_by_score person_precision precision_from_sem",
    "cut.standard_setting": (
        "AngoffRound Bookmark BorderlineGroup Impact angoff angoff_rounds bookmark borderline_group "
        "impact_table threshold_points"
    ),
    "cut.compromise": "Beuk Hofstee beuk hofstee",
    "classical.speed": "Speededness speededness",
    "irt.grid": "Items",
    "irt.calibration": "IRTResult fit_irt",
    "irt.rasch_cml": "CMLResult fit_rasch_cml",
    "irt.ability": "Abilities score_eap score_eapsum score_map score_mle score_wle",
    "irt.information": (
        "empirical_reliability expected_score irf item_information marginal_reliability test_information"
    ),
    "irt.item_fit": "infit_outfit q1 s_x2",
    "irt.model_fit": "compare_models m2 q3",
    "irt.raw_scores": "raw_score_distribution",
    "fairness.dif": "MHResult ets_classes mantel_haenszel",
    "fairness.purification": "Purification",
    "fairness.dif_lord": "LordDIF lord_dif",
    "fairness.dif_tables": "OddsRatioHomogeneity StandardizedDifference breslow_day standardization_dif",
    "fairness.dif_logistic": "LogisticDIF LogisticEffect logistic_dif",
    "equating.linking": "Linking haebara mean_mean mean_sigma stocking_lord",
    "equating.equivalent_groups": (
        "Equating EquatingError equating_error equipercentile_equate joint_counts linear_equate mean_equate "
        "percentile_ranks score_counts"
    ),
    "equating.presmoothing": "LoglinearFit loglinear_presmooth loglinear_presmooth_joint",
    "equating.anchor_equating": (
        "braun_holland_equate chained_equipercentile_equate chained_linear_equate "
        "frequency_estimation_equate levine_equate tucker_equate"
    ),
    "equating.irt_equating": "irt_observed_score_equate irt_true_score_equate",
    "integrity.copying": "gbt omega_index omega_pvalue",
    "integrity.wrong_matches": "WrongMatches k_index",
    "integrity.seating": "SharedErrors neighbours shared_errors",
    "integrity.person_fit": "ht lz_star",
    "integrity.response_times": "RapidGuessing rapid_guessing",
    "integrity.gain": "ScoreGain score_gain",
    "integrity.review_list": (
        "Examined Lead ReviewList SimilarPairs benjamini_hochberg named_pairs review_list similar_pairs"
    ),
    "flags": "Flag flag_items flag_test",
}

_HOME = {name: module for module, names in LAZY.items() for name in names.split()}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Import a public name from the module that `LAZY` gives for it."""
    if name not in _HOME:
        raise AttributeError(f"module 'scoring' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"scoring.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
