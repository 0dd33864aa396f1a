"""Writing questions of one's own: making, saving, checking, reading twice, publishing."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World, make_person
from tests.services.bank_writing import CONCEPT, LATER, make_sound, publish_read, sound
from trainer.content.bundle import Bundle
from trainer.content.readers.items import items_of
from trainer.content.yamlfile import parse_yaml
from trainer.core import roles
from trainer.core.errors import Conflict, Invalid, NotFound
from trainer.services import catalogue
from trainer.services.access import Actor
from trainer.services.bank import checking, drafts, own, publishing, reading
from trainer.store.accounts import Person, Program
from trainer.store.audit import AuditEntry
from trainer.store.bank import ContentDecision, DraftReading, ItemDraft
from trainer.store.catalogue import CatalogueVersion
from trainer.store.session import Sessions, counting_statements


@pytest.fixture
def author(session: Session, world: World) -> Actor:
    return world.actor(session, "instructor")


@pytest.fixture
def colleague(session: Session, world: World) -> Actor:
    return world.actor(session, "director")


@pytest.fixture
def stranger(session: Session, world: World) -> Actor:
    return world.actor(session, "stranger_director")


def acts(session: Session) -> list[str]:
    rows = select(AuditEntry.action).where(AuditEntry.object_kind == "draft")
    return list(session.scalars(rows.order_by(AuditEntry.id)))


# Making


def test_a_code_says_program_idea_and_number(session: Session, author: Actor) -> None:
    first = make_sound(session, author)
    second = drafts.make(session, author, CONCEPT, "matching", now=NOW)

    assert first.code == f"p{first.program_id}-{CONCEPT}-01"
    assert second.code == f"p{first.program_id}-{CONCEPT}-02"
    assert second.entry["id"] == second.code


def test_a_second_press_begins_no_second_draft(session: Session, author: Actor) -> None:
    first = drafts.make(session, author, CONCEPT, "numeric", now=NOW)
    again = drafts.make(session, author, CONCEPT, "numeric", now=LATER)

    assert again.id == first.id
    assert drafts.copy(session, author, "hand-hygiene-01", now=NOW).id == (
        drafts.copy(session, author, "hand-hygiene-01", now=NOW).id
    )


@pytest.mark.parametrize(("concept", "kind"), [("nope", "numeric"), (CONCEPT, "essay"), ("", "")])
def test_an_unknown_idea_or_type_is_refused(
    session: Session, author: Actor, concept: str, kind: str
) -> None:
    with pytest.raises(Invalid):
        drafts.make(session, author, concept, kind, now=NOW)


def test_a_copy_holds_everything_and_is_told_to_be_the_same(
    session: Session, author: Actor
) -> None:
    made = drafts.copy(session, author, "hand-hygiene-01", now=NOW)
    found = checking.check(session, author, made.id, made.entry)
    original = catalogue.current(session).items["hand-hygiene-01"].value

    assert found.item is not None
    assert found.item.options == original.options
    assert found.item.checked is None
    assert [remark.rule for remark in found.errors] == ["I35"]


def test_a_template_is_not_copied(session: Session, author: Actor, shipped: Bundle) -> None:
    template = next(i for i in shipped.items.values() if i.parameters is not None)
    catalogue.sync(session, replace(shipped, items={template.code: template}), now=NOW)

    with pytest.raises(Invalid, match="not edited in the browser"):
        drafts.copy(session, author, template.code, now=NOW)


def test_nobody_copies_another_programs_question(
    session: Session, author: Actor, colleague: Actor, stranger: Actor
) -> None:
    draft = make_sound(session, author)
    publish_read(session, author, colleague, draft)

    with pytest.raises(Invalid, match="no question"):
        drafts.copy(session, stranger, draft.code, now=NOW)


# Saving


def test_a_save_counts_the_edits(session: Session, author: Actor) -> None:
    draft = make_sound(session, author)
    saved = drafts.save(session, author, draft.id, 2, sound(draft.entry, rule="Soap."), now=LATER)

    assert saved.refused is None
    assert (saved.stored.edit, saved.stored.entry["rule"]) == (3, "Soap.")
    assert acts(session) == ["draft.made", "draft.saved", "draft.saved"]


def test_the_same_save_twice_counts_once(session: Session, author: Actor) -> None:
    draft = make_sound(session, author)
    again = drafts.save(session, author, draft.id, 1, sound(draft.entry), now=LATER)

    assert again.refused is None
    assert again.stored.edit == 2


def test_an_old_page_overwrites_nothing_and_loses_nothing(
    session: Session, author: Actor, colleague: Actor
) -> None:
    draft = make_sound(session, author)
    theirs = sound(draft.entry, rule="Theirs.")
    mine = sound(draft.entry, rule="Mine.")
    drafts.save(session, colleague, draft.id, 2, theirs, now=NOW)

    saved = drafts.save(session, author, draft.id, 2, mine, now=LATER)

    assert saved.refused is not None
    assert saved.refused["rule"] == "Mine."
    assert saved.stored.entry["rule"] == "Theirs."
    assert draft.edit == 3


def test_twenty_kilobytes_are_kept_and_said_at_the_field(session: Session, author: Actor) -> None:
    draft = drafts.make(session, author, CONCEPT, "single_best_answer", now=NOW)
    long = "word " * 4096
    saved = drafts.save(session, author, draft.id, 1, sound(draft.entry, stem=long), now=NOW)
    found = checking.check(session, author, draft.id, saved.stored.entry)

    assert saved.stored.entry["stem"] == long
    assert [remark.path for remark in found.errors] == [("stem",)]


def test_an_endless_text_is_refused_at_its_field(session: Session, author: Actor) -> None:
    draft = drafts.make(session, author, CONCEPT, "single_best_answer", now=NOW)
    entry = sound(draft.entry)
    entry["options"][2]["reason"] = "x" * 24_001

    with pytest.raises(Invalid) as refused:
        drafts.save(session, author, draft.id, 1, entry, now=NOW)

    assert refused.value.field == "options-2-reason"


def test_control_characters_are_kept_and_named(session: Session, author: Actor) -> None:
    draft = drafts.make(session, author, CONCEPT, "single_best_answer", now=NOW)
    drafts.save(session, author, draft.id, 1, sound(draft.entry, rule="a\x00b"), now=NOW)
    session.expire_all()
    stored = drafts.get(session, author, draft.id)
    found = checking.check(session, author, draft.id, stored.entry)

    assert stored.entry["rule"] == "a\x00b"
    assert "U+0000" in found.errors[0].message


def test_an_unpublished_draft_may_change_its_idea_and_gets_another_code(
    session: Session, author: Actor
) -> None:
    draft = make_sound(session, author)
    entry = sound(draft.entry, concept="teach-back")
    saved = drafts.save(session, author, draft.id, 2, entry, now=NOW)

    assert saved.stored.code == f"p{draft.program_id}-teach-back-01"
    assert saved.stored.entry["id"] == saved.stored.code


def test_a_hot_spot_gets_the_regions_of_its_picture(
    session: Session, author: Actor, shipped: Bundle
) -> None:
    spot = next(i for i in shipped.items.values() if i.type == "hot_spot")
    assert spot.picture is not None
    catalogue.sync(session, replace(shipped, items={spot.code: spot}), now=NOW)
    draft = drafts.make(session, author, CONCEPT, "hot_spot", now=NOW)
    entry = {**draft.entry, "picture": spot.picture.code}
    saved = drafts.save(session, author, draft.id, 1, entry, now=NOW)

    assert [row["id"] for row in saved.stored.entry["options"]] == sorted(
        option.id for option in spot.options
    )
    assert all(row["text"] for row in saved.stored.entry["options"])


# The second reading


def test_a_draft_with_something_to_fix_is_not_sent(session: Session, author: Actor) -> None:
    draft = make_sound(session, author, rule="")

    with pytest.raises(Invalid):
        reading.send(session, author, draft.id, draft.edit, now=NOW)

    assert draft.state == drafts.DRAFT


def test_who_wrote_in_it_cannot_be_its_second_reader(
    session: Session, author: Actor, colleague: Actor, world: World
) -> None:
    draft = make_sound(session, author)
    drafts.save(session, colleague, draft.id, 2, sound(draft.entry, rule="Soap does it."), now=NOW)
    reading.send(session, author, draft.id, draft.edit, now=NOW)

    for writer in (author, colleague):
        with pytest.raises(Conflict):
            reading.blind(session, writer, draft.id)
        with pytest.raises(Conflict):
            reading.finish(session, writer, draft.id, (draft.edit, "c"), True, "", now=NOW)
    other = world.actor(session, "outside_instructor")
    assert reading.blind(session, other, draft.id).code == draft.code


def test_a_reading_is_kept_once_with_what_was_answered(
    session: Session, author: Actor, colleague: Actor
) -> None:
    draft = make_sound(session, author)
    reading.send(session, author, draft.id, draft.edit, now=NOW)
    answer = (draft.edit, "c")
    first = reading.finish(session, colleague, draft.id, answer, True, " Good. ", now=LATER)
    again = reading.finish(session, colleague, draft.id, answer, False, "Other", now=LATER)

    assert again.id == first.id
    assert (first.given, first.agreed, first.note) == ("c", True, "Good.")
    assert sorted(first.option_order) == list("abcd")
    assert draft.state == drafts.AGREED


def test_a_blind_answer_beside_the_key_cannot_agree(
    session: Session, author: Actor, colleague: Actor
) -> None:
    draft = make_sound(session, author)
    reading.send(session, author, draft.id, draft.edit, now=NOW)

    with pytest.raises(Invalid, match="differs from the key"):
        reading.finish(session, colleague, draft.id, (draft.edit, "a"), True, "", now=NOW)
    with pytest.raises(Invalid, match="what should change"):
        reading.finish(session, colleague, draft.id, (draft.edit, "a"), False, "  ", now=NOW)
    reading.finish(session, colleague, draft.id, (draft.edit, "a"), False, "Gel works.", now=NOW)

    assert draft.state == drafts.DRAFT
    assert [o.note for o in reading.opinions(session, author, draft.id)] == ["Gel works."]


def test_a_change_after_the_answer_asks_for_another_reading(
    session: Session, author: Actor, colleague: Actor
) -> None:
    draft = make_sound(session, author)
    reading.send(session, author, draft.id, draft.edit, now=NOW)
    drafts.save(session, author, draft.id, 2, sound(draft.entry, rule="Soap does it."), now=NOW)

    assert draft.state == drafts.DRAFT
    with pytest.raises(Conflict):
        reading.finish(session, colleague, draft.id, (2, "c"), True, "", now=NOW)


# Publishing


def test_a_published_question_is_drawn_in_its_program_only(
    session: Session, author: Actor, colleague: Actor, stranger: Actor
) -> None:
    draft = make_sound(session, author)
    assert publish_read(session, author, colleague, draft) == 1

    here = catalogue.current(session, author.programs)
    item = here.items[draft.code].value
    assert item.origin == "local"
    assert item.checked is not None
    assert item.checked.on == "2026-11-24"
    assert draft.code in {version.code for version in here.items_of(CONCEPT)}
    assert draft.code not in catalogue.current(session, stranger.programs).items
    assert draft.code not in catalogue.current(session).items
    decision = session.scalars(select(ContentDecision)).one()
    assert (decision.action, decision.code) == ("publish", draft.code)


def test_publishing_twice_makes_one_version(
    session: Session, author: Actor, colleague: Actor
) -> None:
    draft = make_sound(session, author)
    publish_read(session, author, colleague, draft)
    again = publishing.publish(session, author, draft.id, draft.edit, alone=False, now=LATER)

    versions = select(CatalogueVersion).where(CatalogueVersion.code == draft.code)
    assert again == 1
    assert len(session.scalars(versions).all()) == 1


def test_a_further_edit_is_a_new_version_with_a_reading_of_its_own(
    session: Session, author: Actor, colleague: Actor
) -> None:
    draft = make_sound(session, author)
    publish_read(session, author, colleague, draft)
    drafts.save(
        session, colleague, draft.id, draft.edit, sound(draft.entry, rule="Soap takes spores off."),
        now=LATER,
    )  # fmt: skip
    before = catalogue.current(session, author.programs).items[draft.code]

    assert before.value.rule.startswith("Spores come off")
    # The colleague wrote this one, so now the first author is its reader.
    assert publish_read(session, colleague, author, draft) == 2
    after = catalogue.current(session, author.programs).items[draft.code]
    assert after.value.rule == "Soap takes spores off."
    assert catalogue.get_version(session, before.version_id).value.rule == before.value.rule


def test_a_colleague_comes_before_students(session: Session, author: Actor) -> None:
    draft = make_sound(session, author)

    with pytest.raises(Conflict, match="colleague"):
        publishing.publish(session, author, draft.id, draft.edit, alone=True, now=NOW)


def test_who_is_alone_confirms_that_nobody_read_it(session: Session, stranger: Actor) -> None:
    draft = make_sound(session, stranger)

    with pytest.raises(Invalid, match="without a second reading"):
        publishing.publish(session, stranger, draft.id, draft.edit, alone=False, now=NOW)
    publishing.publish(session, stranger, draft.id, draft.edit, alone=True, now=NOW)

    (row,) = own.list_own(session, stranger)
    assert (row.version, row.is_read) == (1, False)
    assert session.scalars(select(ContentDecision)).one().reason == "No second reading."


def test_an_old_page_publishes_nothing(session: Session, stranger: Actor) -> None:
    draft = make_sound(session, stranger)

    with pytest.raises(Conflict):
        publishing.publish(session, stranger, draft.id, 1, alone=True, now=NOW)


def test_a_save_without_a_change_keeps_a_question_published(
    session: Session, stranger: Actor
) -> None:
    draft = make_sound(session, stranger)
    publishing.publish(session, stranger, draft.id, draft.edit, alone=True, now=NOW)
    saved = drafts.save(session, stranger, draft.id, 2, dict(draft.entry), now=LATER)

    assert saved.stored.state == drafts.PUBLISHED


# Deleting


def test_an_unpublished_draft_is_deleted(session: Session, author: Actor) -> None:
    draft = make_sound(session, author)
    drafts.drop(session, author, draft.id, now=NOW)

    assert session.scalars(select(ItemDraft)).all() == []
    assert make_sound(session, author).code.endswith("-01")


def test_what_a_reader_answered_outlives_the_draft(
    session: Session, author: Actor, colleague: Actor
) -> None:
    draft = make_sound(session, author)
    reading.send(session, author, draft.id, draft.edit, now=NOW)
    reading.finish(session, colleague, draft.id, (draft.edit, "a"), False, "No.", now=NOW)
    drafts.drop(session, author, draft.id, now=NOW)

    assert own.list_own(session, author) == []
    assert len(session.scalars(select(DraftReading)).all()) == 1
    with pytest.raises(NotFound):
        drafts.get(session, author, draft.id)


def test_a_published_question_is_not_deleted(session: Session, stranger: Actor) -> None:
    draft = make_sound(session, stranger)
    publishing.publish(session, stranger, draft.id, draft.edit, alone=True, now=NOW)

    with pytest.raises(Conflict):
        drafts.drop(session, stranger, draft.id, now=NOW)


# Doors


def test_other_programs_and_students_find_nothing(
    session: Session, author: Actor, stranger: Actor, world: World
) -> None:
    draft = make_sound(session, author)

    for login in ("stranger_director", "student", "admin"):
        who = world.actor(session, login)
        for act in (
            lambda who=who: drafts.get(session, who, draft.id),
            lambda who=who: drafts.save(session, who, draft.id, 2, {}, now=NOW),
            lambda who=who: drafts.drop(session, who, draft.id, now=NOW),
            lambda who=who: reading.send(session, who, draft.id, 2, now=NOW),
            lambda who=who: reading.blind(session, who, draft.id),
            lambda who=who: publishing.publish(session, who, draft.id, 2, alone=True, now=NOW),
            lambda who=who: own.export_one(session, who, draft.id),
        ):
            with pytest.raises(NotFound):
                act()
    assert own.list_own(session, stranger) == []


# Files, lists


def test_an_exported_file_is_read_back_as_the_published_question(
    session: Session, author: Actor, colleague: Actor
) -> None:
    draft = make_sound(session, author)
    publish_read(session, author, colleague, draft)
    item = catalogue.current(session, author.programs).items[draft.code].value

    for name, text in (
        own.export_one(session, author, draft.id),
        own.export_all(session, author),
    ):
        bank = f"program-{draft.program_id}"
        assert name in {f"{draft.code}.yaml", f"{bank}.yaml"}
        document, problems = parse_yaml(text, name)
        assert document is not None
        rows, problems = items_of(document, bank)
        assert problems == []
        assert [replace(row.value, origin="local") for row in rows] == [item]


def test_the_list_takes_two_statements_whatever_its_length(
    sessions: Sessions, world: World
) -> None:
    counts = []
    for size in (5, 60):
        with sessions.transaction() as session:
            author = world.actor(session, "instructor")
            first = make_sound(session, author)
            for number in range(size):
                code = f"x-{size}-{number}-01"
                session.add(
                    ItemDraft(
                        program_id=first.program_id, code=code, author_id=author.person_id,
                        entry=first.entry, edit=2, state="draft", created_at=NOW, updated_at=NOW,
                    )
                )  # fmt: skip
        with sessions.reading() as session:
            author = world.actor(session, "instructor")
            catalogue.current(session)
            with counting_statements(sessions.engine) as statements:
                rows = own.list_own(session, author)
                counts.append(statements())
        assert len(rows) > size

    assert counts[0] == counts[1] <= 2


def test_questions_are_found_by_all_words(session: Session, author: Actor) -> None:
    found, count = own.search(session, author, "hand  GLOVES")

    assert 0 < len(found) <= count
    assert own.search(session, author, "   ") == ([], 0)
    assert own.search(session, author, "% _ \\ (a+)+$ NEAR(") == ([], 0)
    assert own.search(session, author, "a" * 10_000) == ([], 0)


def test_a_second_instructor_who_joins_can_read(
    session: Session, stranger: Actor, world: World
) -> None:
    draft = make_sound(session, stranger)
    program = session.get_one(Program, draft.program_id)
    assert reading.readers(session, stranger, draft.id).others == 0
    newcomer = make_person(session, program, roles.INSTRUCTOR, now=NOW)
    session.flush()

    assert reading.readers(session, stranger, draft.id).others == 1
    session.get_one(Person, newcomer.id).active = False
    session.flush()
    assert reading.readers(session, stranger, draft.id).others == 0
