"""The content that ships: no errors, enough of it, spread over banks, areas and exams."""

from collections import Counter
from typing import get_args

from trainer.content.bundle import load_content
from trainer.content.stats import content_stats
from trainer.core.items import ItemType
from trainer.core.items.draws import draws_of
from trainer.settings import shipped_root

BUNDLE = load_content(shipped_root())
WRITTEN = [item for item in BUNDLE.items.values() if item.origin == "written"]

AREA_CODES = """
    anatomy-physiology pathophysiology terminology patient-identification-history vital-signs
    exam-assisting minor-surgery-wounds asepsis-precautions sterilization biohazards-safety
    emergencies phlebotomy specimens waived-testing ecg respiratory-vision-hearing
    modalities-mobility drug-knowledge dose-calculation giving-medications nutrition-wellness
    patient-education care-coordination communication privacy consent-directives liability-scope
    ethics scheduling-reception health-records coding insurance-claims practice-finance
"""


def test_no_shipped_file_has_an_error():
    assert [str(problem) for problem in BUNDLE.errors] == []


def test_the_bank_is_deep_enough_for_four_exams():
    assert len(WRITTEN) >= 900
    assert len({item.concept for item in WRITTEN}) >= 340
    assert sum(item.type != "single_best_answer" for item in WRITTEN) >= 90
    assert {item.type for item in WRITTEN} == set(get_args(ItemType))


def test_most_written_items_ask_to_apply_or_analyze():
    higher = sum(item.bloom in {"apply", "analyze"} for item in WRITTEN)

    assert higher / len(WRITTEN) >= 0.55


def test_every_written_item_was_answered_blind_by_a_second_reader():
    assert [item.code for item in WRITTEN if item.checked is None] == []


def test_every_domain_and_subdomain_of_every_exam_can_be_filled_one_and_a_half_times():
    thin = [
        (part.code, part.families, part.quota)
        for domains in content_stats(BUNDLE).exams.values()
        for domain in domains
        for part in (domain, *domain.subdomains)
        if part.families < 1.5 * part.quota
    ]

    assert thin == []


def test_every_template_has_at_least_forty_draws():
    templates = [item for item in WRITTEN if item.parameters]

    assert len(templates) >= 20
    assert [item.code for item in templates if len(draws_of(item)) < 40] == []


def test_items_are_spread_over_the_banks():
    banks = Counter(item.bank for item in BUNDLE.items.values())

    assert len(banks) >= 8
    assert max(banks.values()) <= 0.35 * len(BUNDLE.items)


def test_every_concept_has_two_items_or_more():
    counts = Counter(item.concept for item in BUNDLE.items.values())

    assert [code for code in BUNDLE.concepts if counts[code] < 2] == []


def test_the_areas_are_those_of_the_crosswalk():
    assert list(BUNDLE.areas) == AREA_CODES.split()


def test_every_area_stands_in_all_four_outlines():
    for area in BUNDLE.areas.values():
        assert set(area.outline) == set(BUNDLE.exams), area.code


def test_the_four_exams_have_their_published_format():
    formats = {
        code: (exam.items_total, exam.items_scored, exam.time_minutes, exam.pace_seconds)
        for code, exam in BUNDLE.exams.items()
    }

    assert formats == {
        "cma": (200, 180, 160, 48),
        "rma": (210, 210, 120, 34),
        "ccma": (180, 150, 180, 60),
        "ncma": (150, 125, 180, 72),
    }


def test_domains_have_their_published_items():
    items = {code: [d.items for d in exam.domains] for code, exam in BUNDLE.exams.items()}

    assert items == {
        "cma": [106, 38, 36],
        "rma": [44, 56, 39, 71],
        "ccma": [15, 8, 84, 12, 12, 12, 7],
        "ncma": [18, 72, 15, 20],
    }


def test_practice_scales_are_those_of_the_readiness_rules():
    scales = {
        code: (
            exam.scale.minimum,
            exam.scale.passing,
            exam.scale.maximum,
            exam.scale.assumed_cut_pct,
        )
        for code, exam in BUNDLE.exams.items()
    }

    assert scales == {
        "cma": (200, 405, 800, 68),
        "rma": (0, 70, 100, 70),
        "ccma": (200, 390, 500, 70),
        "ncma": (0, 70, 100, 70),
    }


def test_the_competency_framework_is_complete():
    frame = BUNDLE.competencies["maerb-2022"]
    kinds = Counter(entry.kind for entry in frame.competencies)
    hands_on = [e for e in frame.competencies if e.kind == "psychomotor"]

    assert kinds == {"cognitive": 87, "psychomotor": 63, "affective": 8}
    assert sum(len(entry.leaves) for entry in hands_on) == 94
    assert [area.code for area in frame.areas] == [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ]  # fmt: skip


def test_every_exam_has_items_in_every_domain():
    for code, domains in content_stats(BUNDLE).exams.items():
        assert [domain.code for domain in domains if domain.items == 0] == [], code
