"""Starting and ending sittings, and what each kind asks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.services.practicing import Learner, op
from trainer.core.assignments import PRACTICE, SCENARIO
from trainer.core.errors import Invalid, NotFound
from trainer.core.rating import Rated, Rating
from trainer.services import cards, catalogue
from trainer.services.practice import asked, sittings, today
from trainer.store.accounts import Person
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.cohorts import Enrolment
from trainer.store.practice import Sitting
from trainer.store.scenarios import Play

CONCEPTS = ["hand-hygiene", "standard-precautions", "sharps-disposal", "exposure-response",
            "ppe-sequence", "spaulding-levels"]  # fmt: skip


@pytest.fixture
def learner(session, world) -> Learner:
    return Learner(session, world.actor(session, "student"))


@pytest.fixture
def other(session, world) -> Learner:
    return Learner(session, world.actor(session, "other_student"))


def look(learner) -> today.Today:
    return today.today(learner.session, learner.actor, now=learner.now)


def make_target(session, world, concepts=CONCEPTS, questions=3, kind=PRACTICE, **kw) -> int:
    assignment = Assignment(
        cohort_id=world.cohort_id, op_id=op(), title="Infection control check", note="",
        due_at=NOW + timedelta(days=7), created_at=NOW, created_by=world.people["instructor"],
        withdrawn_at=kw.get("withdrawn_at"),
    )  # fmt: skip
    session.add(assignment)
    session.flush()
    target = AssignmentTarget(
        assignment_id=assignment.id, position=1, kind=kind, code="practice",
        concepts=list(concepts), questions=questions,
    )  # fmt: skip
    session.add(target)
    session.flush()
    return target.id


def test_new_ideas_start_with_six_that_were_never_met(learner):
    learner.give_card("hand-hygiene", due=3)

    assert learner.start("new")
    assert len(learner.sitting.plan) == 6
    assert "hand-hygiene" not in learner.sitting.plan
    assert learner.sitting.title == "New ideas"


def test_new_ideas_are_as_many_as_today_offers(learner, session, world):
    session.get_one(Person, world.people["student"]).minutes_a_day = 10
    for code in ("hand-hygiene", "teach-back", "bp-technique", "modifiers", "negligence",
                 "standing-orders", "upset-patient", "waived-test-rules"):  # fmt: skip
        learner.give_card(code)

    offered = look(learner)
    learner.start("new")

    assert (offered.new, len(learner.sitting.plan)) == (4, 4)


def test_a_set_that_is_over_has_as_many_questions_as_were_asked(learner):
    learner.start("new")
    learner.finish()

    progress = sittings.progress_of(learner.sitting)
    assert (progress.over, progress.total) == (True, 6)


def test_what_an_idea_builds_on_is_asked_before_it(learner):
    learner.start("new")
    known = catalogue.current(learner.session).concepts

    plan = learner.sitting.plan
    for place, code in enumerate(plan):
        assert set(known[code].prerequisites) <= set(plan[:place])


def test_an_open_sitting_is_gone_on_with_and_not_doubled(learner):
    first = learner.start("new", seed="one")
    again = learner.start("new", seed="two")
    bank = learner.start("bank", bank="testing")
    another = learner.start("bank", bank="vital-signs")

    assert first == again
    assert len({first, bank, another}) == 3
    assert learner.start("bank", bank="testing") == bank


def test_an_open_sitting_of_an_earlier_day_is_closed_by_the_next_start(learner):
    old = learner.start("new")
    learner.now += timedelta(days=1)
    new = learner.start("new")

    closed = learner.session.get_one(Sitting, old)
    assert new != old
    assert closed.ended_at == learner.now
    assert closed.item_version_id is None


def test_reviews_ask_the_longest_overdue_first(learner):
    learner.give_card("hand-hygiene", due=0)
    learner.give_card("teach-back", due=-9)
    learner.give_card("bp-technique", due=-3)
    learner.give_card("modifiers", due=1)

    learner.start("review")

    assert learner.sitting.plan == ["teach-back", "bp-technique", "hand-hygiene"]


def test_reviews_stop_at_the_minutes_of_the_day(session, learner, world):
    session.get_one(sittings.planning.Person, world.people["student"]).minutes_a_day = 10
    for code in list(catalogue.current(session).concepts)[:40]:
        learner.give_card(code, due=-1)

    learner.start("review")

    # 600 seconds at 39.5 each: recall is 0.9 after as many days as the stability.
    assert len(learner.sitting.plan) == 15


def test_reviews_never_ask_three_of_one_domain_in_a_row_while_another_waits(learner):
    known = catalogue.current(learner.session)
    domains = {code: min(d) for code, d in known.domains_of("cma").items() if known.items_of(code)}
    first, *_ = names = sorted(set(domains.values()))
    many = [code for code in sorted(domains) if domains[code] == first][:4]
    few = [code for code in sorted(domains) if domains[code] == names[1]][:2]
    for n, code in enumerate([*many, *few]):
        learner.give_card(code, due=-10 + n)

    learner.start("review")

    assert learner.sitting.plan == [many[0], many[1], few[0], many[2], many[3], few[1]]


def test_what_was_missed_as_often_as_it_is_asked_in_a_day_is_not_planned_again(learner):
    learner.give_card("teach-back", due=0)
    learner.start("review")
    while learner.sitting_id:
        learner.finish(right=False)
        learner.now += timedelta(minutes=11)
        learner.start("review")
    learner.give_card("hand-hygiene", due=0)

    learner.start("review")

    assert learner.sitting.plan == ["hand-hygiene"]


def test_with_nothing_due_there_is_no_sitting(learner):
    learner.give_card("hand-hygiene", due=1)

    assert learner.start("review") is None
    assert list(learner.session.scalars(select(Sitting))) == []


def test_free_practice_asks_what_is_due_then_what_is_new(learner):
    learner.give_card("pulse-measurement", due=0)
    learner.give_card("bp-technique", due=5)

    learner.start("bank", bank="vital-signs", questions=5)

    known = catalogue.current(learner.session)
    plan = learner.sitting.plan
    assert len(plan) == 5
    assert "pulse-measurement" in plan
    assert "bp-technique" not in plan
    assert {known.concepts[code].bank for code in plan} == {"vital-signs"}


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"kind": "bank", "bank": "nowhere"}, "bank"),
        ({"kind": "bank", "bank": ""}, "bank"),
        ({"kind": "bank", "bank": "testing", "questions": 7}, "questions"),
        ({"kind": "bank", "bank": "testing", "questions": -1}, "questions"),
        ({"kind": "exam"}, "kind"),
        ({"kind": "target"}, "kind"),
    ],
)
def test_a_start_that_makes_no_sense_is_refused(learner, wanted, field):
    with pytest.raises(Invalid) as refused:
        learner.start(**wanted)

    assert refused.value.field == field


def test_assigned_work_asks_so_many_of_its_ideas_chosen_by_the_seed(learner, session, world):
    target = make_target(session, world)
    learner.start("target", target_id=target, seed="one")

    sitting = learner.sitting
    assert len(sitting.plan) == 3
    assert set(sitting.plan) <= set(CONCEPTS)
    assert sitting.assignment_target_id == target
    assert sitting.title == "Infection control check"
    assert learner.start("target", target_id=target, seed="two") == sitting.id


def test_assigned_work_goes_on_the_next_day_where_it_stopped(learner, session, world):
    target = make_target(session, world)
    first = learner.start("target", target_id=target)
    learner.answer(right=False)
    learner.now += timedelta(days=1)

    assert learner.start("target", target_id=target) == first
    learner.finish()
    answers = learner.responses()
    assert len({a.concept for a in answers}) == 3
    assert len(answers) == 3
    days = [a.study_day for a in answers]
    assert days == [NOW.date(), learner.day, learner.day]
    assert learner.sitting.study_day == NOW.date()


def test_ending_assigned_work_leaves_it_open_to_go_on(learner, session, world):
    learner.start("target", target_id=make_target(session, world))

    assert not sittings.end(session, learner.actor, learner.sitting_id, now=learner.now)
    assert learner.sitting.ended_at is None
    learner.finish()
    assert sittings.end(session, learner.actor, learner.sitting_id, now=learner.now)


def take_back(session, learner, target_id) -> None:
    target = session.get_one(AssignmentTarget, target_id)
    session.get_one(Assignment, target.assignment_id).withdrawn_at = learner.now


def leave_class(session, learner, target_id) -> None:
    query = select(Enrolment).where(Enrolment.person_id == learner.actor.person_id)
    session.scalars(query).one().ended_at = learner.now


@pytest.mark.parametrize("change", [take_back, leave_class])
def test_work_no_longer_asked_for_leaves_today_takes_an_answer_and_can_be_ended(
    learner, session, world, change
):
    target = make_target(session, world)
    learner.start("target", target_id=target)
    learner.answer()
    assert [one.title for one in look(learner).open_sittings] == ["Infection control check"]
    change(session, learner, target)
    session.flush()

    assert look(learner).open_sittings == ()
    learner.answer()
    assert sittings.end(session, learner.actor, learner.sitting_id, now=learner.now)
    assert len(learner.responses()) == 2


def test_assigned_work_of_another_class_withdrawn_or_of_another_kind_is_not_found(
    learner, session, world
):
    stranger = Learner(session, world.actor(session, "stranger_student"))
    target = make_target(session, world)
    withdrawn = make_target(session, world, withdrawn_at=NOW)
    scenario = make_target(session, world, kind=SCENARIO)

    for who, wanted in (
        (stranger, target),
        (learner, withdrawn),
        (learner, scenario),
        (learner, target + 1000),
    ):
        with pytest.raises(NotFound):
            who.start("target", target_id=wanted)
    assert learner.start("target", target_id=target)


def make_play(session, world, *missed) -> int:
    """A finished scenario play that sent these ideas back to be reviewed."""
    known = next(iter(catalogue.current(session).scenarios.values()))
    play = Play(
        student_id=world.people["student"], scenario=known.code, version_id=known.version_id,
        file_hash=known.sha256, seed="seed", started_at=NOW, study_day=NOW.date(), steps=3,
        ended_at=NOW, engine_version="1",
    )  # fmt: skip
    session.add(play)
    session.flush()
    for concept in missed:
        rated = Rated(rating=Rating.AGAIN, rule="B8", due_today=True)
        cards.record_review(
            session, play.student_id, concept, rated, {}, now=NOW, day=NOW.date(), play_id=play.id
        )
    return play.id


def test_after_a_scenario_what_it_sent_back_is_asked(learner, other, session, world):
    play = make_play(session, world, "hand-hygiene", "patient-identifiers")

    with pytest.raises(NotFound):
        other.start("play", play_id=play)
    assert learner.start("play", play_id=play)
    assert sorted(learner.sitting.plan) == ["hand-hygiene", "patient-identifiers"]
    assert learner.sitting.title.startswith("After ")
    assert learner.finish() == 2
    assert learner.start("play", play_id=play) is None


def test_ending_closes_the_open_question_once(learner):
    learner.start("new")
    ended = learner.now

    assert sittings.end(learner.session, learner.actor, learner.sitting_id, now=ended)
    learner.now += timedelta(minutes=1)
    assert sittings.end(learner.session, learner.actor, learner.sitting_id, now=learner.now)
    assert learner.sitting.ended_at == ended
    assert learner.question() is None


def test_a_question_shows_its_options_in_the_pinned_order(learner):
    learner.start("new")
    shown = learner.question()

    assert list(shown.order) == learner.sitting.option_order
    assert (shown.step, shown.progress.position, shown.progress.total) == (1, 1, 6)
    assert shown.item == learner.item().value


def test_looking_at_a_question_changes_nothing(learner):
    learner.start("new")
    learner.session.flush()

    assert learner.question() == learner.question()
    assert not learner.session.dirty


def test_somebody_elses_sitting_is_not_found(learner, other, session, world):
    learner.start("new")

    for who in (other.actor, world.actor(session, "instructor")):
        with pytest.raises(NotFound):
            asked.question(session, who, learner.sitting_id)
        with pytest.raises(NotFound):
            sittings.end(session, who, learner.sitting_id, now=NOW)
