from dataclasses import fields, replace

import fsrs

from trainer.core.constants import DEFAULTS, VERSION, Constants, constants_hash, params_hash

RELEASED = {1: "fd7f3ae1d6e154350fbd079c5638bbc9209414e9f97e39859dec2781d5041df3"}


def test_changed_constants_need_a_new_version():
    assert constants_hash() == RELEASED[VERSION]


def test_every_single_constant_is_part_of_the_hash():
    def other(value):
        if isinstance(value, str):
            return value + "x"
        return (*value[:-1], 0.2) if isinstance(value, tuple) else value + 1

    hashes = {
        constants_hash(replace(DEFAULTS, **{field.name: other(getattr(DEFAULTS, field.name))}))
        for field in fields(Constants)
    }

    assert len(hashes) == len(fields(Constants))
    assert constants_hash() not in hashes


def test_the_model_stamp_follows_parameters_and_algorithm_only():
    assert params_hash() == params_hash(replace(DEFAULTS, requeue_cards=11))
    assert params_hash() != params_hash(replace(DEFAULTS, algorithm="fsrs 7"))
    assert params_hash() != params_hash(replace(DEFAULTS, parameters=(0.3,)))


def test_our_parameters_are_those_of_the_pinned_library():
    assert fsrs.Scheduler().parameters == DEFAULTS.parameters


def test_the_defaults_are_those_of_the_design():
    assert (
        DEFAULTS.desired_retention, DEFAULTS.max_interval_days, DEFAULTS.max_stability_days,
        DEFAULTS.misconception_days, DEFAULTS.requeue_cards, DEFAULTS.requeue_minutes,
        DEFAULTS.requeue_per_day, DEFAULTS.rapid_share, DEFAULTS.rapid_min_s,
        DEFAULTS.rapid_max_s, DEFAULTS.rapid_needs_timings, DEFAULTS.easy_pace,
        DEFAULTS.pace_needs_answers, DEFAULTS.recognition_days, DEFAULTS.fresh_again_days,
        DEFAULTS.same_domain_run,
    ) == (
        0.90, 180, 36_500, 3, 10, 10, 3, 0.10, 2, 10, 30, 0.75, 30, 7, 30, 2,
    )  # fmt: skip
