"""First tables, the append-only triggers, and the one row of catalogue_state."""

import sqlalchemy as sa
from alembic import op

from trainer.store.types import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = ["audit_entry", "catalogue_version", "play_step", "response", "review"]


def guard_append_only(dialect: str) -> None:
    """Refuse change and deletion in the database itself, bulk statements included."""
    if dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in APPEND_ONLY:
        if dialect == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            continue
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def upgrade() -> None:
    op.create_table(
        "catalogue_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_state")),
        sqlite_strict=True,
    )
    op.create_table(
        "catalogue_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_version")),
        sa.UniqueConstraint(
            "kind", "code", "version", name=op.f("uq_catalogue_version_kind_code_version")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("zone", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("keys_on", sa.Boolean(), nullable=False),
        sa.Column("confidence_on", sa.Boolean(), nullable=False),
        sa.Column("exam_code", sa.String(length=20), nullable=True),
        sa.Column("exam_date", sa.Date(), nullable=True),
        sa.Column("minutes_a_day", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
        sqlite_strict=True,
    )
    op.create_table(
        "program",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("zone", sa.String(length=120), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
        sqlite_strict=True,
    )
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_key", sa.String(length=120), nullable=False),
        sa.Column("network", sa.String(length=120), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sign_in_try", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_try_account_key_at"), ["account_key", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sign_in_try_network_at"), ["network", "at"], unique=False
        )

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=120), nullable=False),
        sa.Column("object_kind", sa.String(length=120), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_audit_entry_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_object_kind_object_id"),
            ["object_kind", "object_id"],
            unique=False,
        )

    op.create_table(
        "catalogue_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("retired_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["catalogue_version.id"], name=op.f("fk_catalogue_entry_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_catalogue_entry_kind_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "cohort",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("exam_code", sa.String(length=20), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("archived_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_cohort_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_program_id"), ["program_id"], unique=False)

    op.create_table(
        "memory_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=120), nullable=False),
        sa.Column("s", sa.Double(), nullable=False),
        sa.Column("d", sa.Double(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("lucky", sa.Integer(), nullable=False),
        sa.Column("misconception_until", sa.Date(), nullable=True),
        sa.Column("params_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["student_id"], ["person.id"], name=op.f("fk_memory_card_student_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_card")),
        sa.UniqueConstraint(
            "student_id", "concept", name=op.f("uq_memory_card_student_id_concept")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("memory_card", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_memory_card_student_id_due_day"), ["student_id", "due_day"], unique=False
        )

    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_one_time_code_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_one_time_code_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_one_time_code_code_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("granted_at", UTCDateTime(), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_role_grant_granted_by")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_role_grant_program_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "person_id", "program_id", "role", name=op.f("uq_role_grant_person_id_program_id_role")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_session_person_id_ended_at"),
            ["person_id", "ended_at"],
            unique=False,
        )

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_assignment_cohort_id")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_assignment_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("op_id", name=op.f("uq_assignment_op_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_cohort_id"), ["cohort_id"], unique=False)

    op.create_table(
        "cohort_invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_invite_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_cohort_invite_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_invite")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_cohort_invite_code_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cohort_invite", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_invite_cohort_id"), ["cohort_id"], unique=False)

    op.create_table(
        "cohort_staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_staff_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cohort_staff_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_staff")),
        sa.UniqueConstraint(
            "cohort_id", "person_id", name=op.f("uq_cohort_staff_cohort_id_person_id")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cohort_staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_staff_person_id"), ["person_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_enrolment_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "cohort_id", "person_id", name=op.f("uq_enrolment_cohort_id_person_id")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "assignment_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("concepts", sa.JSON(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_target_assignment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_target")),
        sa.UniqueConstraint(
            "assignment_id", "position", name=op.f("uq_assignment_target_assignment_id_position")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "play",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("scenario", sa.String(length=120), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("assignment_target_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("ended_day", sa.Date(), nullable=True),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("overall_num", sa.BigInteger(), nullable=True),
        sa.Column("overall_den", sa.BigInteger(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("critical", sa.Boolean(), nullable=True),
        sa.Column("engine_version", sa.String(length=120), nullable=False),
        sa.Column("went_well", sa.String(length=4000), nullable=True),
        sa.Column("would_change", sa.String(length=4000), nullable=True),
        sa.Column("reflected_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_target_id"],
            ["assignment_target.id"],
            name=op.f("fk_play_assignment_target_id"),
        ),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_play_student_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["catalogue_version.id"], name=op.f("fk_play_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_play")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("play", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_play_assignment_target_id"), ["assignment_target_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_play_student_id_scenario"), ["student_id", "scenario"], unique=False
        )

    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("assignment_target_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=120), nullable=True),
        sa.Column("item_version_id", sa.Integer(), nullable=True),
        sa.Column("option_order", sa.JSON(), nullable=False),
        sa.Column("shown_at", UTCDateTime(), nullable=False),
        sa.Column("resume_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_target_id"],
            ["assignment_target.id"],
            name=op.f("fk_sitting_assignment_target_id"),
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["catalogue_version.id"], name=op.f("fk_sitting_item_version_id")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_sitting_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sitting_assignment_target_id"), ["assignment_target_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sitting_student_id_ended_at"), ["student_id", "ended_at"], unique=False
        )

    op.create_table(
        "play_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("play_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=120), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["play_id"], ["play.id"], name=op.f("fk_play_step_play_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_play_step")),
        sa.UniqueConstraint("play_id", "step", name=op.f("uq_play_step_play_id_step")),
        sqlite_strict=True,
    )
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=120), nullable=False),
        sa.Column("item_code", sa.String(length=120), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("option_order", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.String(length=40), nullable=True),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["catalogue_version.id"], name=op.f("fk_response_item_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_response_sitting_id")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_response_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("sitting_id", "step", name=op.f("uq_response_sitting_id_step")),
        sa.UniqueConstraint("student_id", "op_id", name=op.f("uq_response_student_id_op_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_response_student_id_concept"), ["student_id", "concept"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_response_student_id_study_day"),
            ["student_id", "study_day"],
            unique=False,
        )

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=120), nullable=False),
        sa.Column("item_code", sa.String(length=120), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("play_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("r_before", sa.Double(), nullable=True),
        sa.Column("s_before", sa.Double(), nullable=True),
        sa.Column("s_after", sa.Double(), nullable=False),
        sa.Column("d_before", sa.Double(), nullable=True),
        sa.Column("d_after", sa.Double(), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=False),
        sa.Column("constants_hash", sa.String(length=64), nullable=False),
        sa.Column("params_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["play_id"], ["play.id"], name=op.f("fk_review_play_id")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_review_response_id")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_review_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_play_id"), ["play_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_response_id"), ["response_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_review_student_id_concept"), ["student_id", "concept"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_student_id_study_day"), ["student_id", "study_day"], unique=False
        )
    op.execute("INSERT INTO catalogue_state (id, revision) VALUES (1, 0)")
    guard_append_only(op.get_bind().dialect.name)


def downgrade() -> None:
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_student_id_study_day"))
        batch_op.drop_index(batch_op.f("ix_review_student_id_concept"))
        batch_op.drop_index(batch_op.f("ix_review_response_id"))
        batch_op.drop_index(batch_op.f("ix_review_play_id"))

    op.drop_table("review")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_student_id_study_day"))
        batch_op.drop_index(batch_op.f("ix_response_student_id_concept"))

    op.drop_table("response")
    op.drop_table("play_step")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_student_id_ended_at"))
        batch_op.drop_index(batch_op.f("ix_sitting_assignment_target_id"))

    op.drop_table("sitting")
    with op.batch_alter_table("play", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_play_student_id_scenario"))
        batch_op.drop_index(batch_op.f("ix_play_assignment_target_id"))

    op.drop_table("play")
    op.drop_table("assignment_target")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_person_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("cohort_staff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_staff_person_id"))

    op.drop_table("cohort_staff")
    with op.batch_alter_table("cohort_invite", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_invite_cohort_id"))

    op.drop_table("cohort_invite")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_cohort_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_person_id_ended_at"))

    op.drop_table("sign_in_session")
    op.drop_table("role_grant")
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_code_person_id"))

    op.drop_table("one_time_code")
    with op.batch_alter_table("memory_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memory_card_student_id_due_day"))

    op.drop_table("memory_card")
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_program_id"))

    op.drop_table("cohort")
    op.drop_table("catalogue_entry")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_object_kind_object_id"))

    op.drop_table("audit_entry")
    with op.batch_alter_table("sign_in_try", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_try_network_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_try_account_key_at"))

    op.drop_table("sign_in_try")
    op.drop_table("program")
    op.drop_table("person")
    op.drop_table("catalogue_version")
    op.drop_table("catalogue_state")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
