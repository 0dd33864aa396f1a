"""Templates remember their draw; quarantine, reports, decisions, drafts and their readings."""

import sqlalchemy as sa
from alembic import op

from trainer.store.types import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ["content_decision", "draft_reading", "erratum_seen"]


def guard_append_only(dialect: str) -> None:
    """As in the first migration; its function is there already."""
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


def add_columns(dialect: str) -> None:
    """New columns are empty at first, so no row is touched and the guards stay as they are."""
    op.add_column("sitting", sa.Column("draw", sa.Integer(), nullable=True))
    op.add_column("response", sa.Column("draw", sa.Integer(), nullable=True))
    op.add_column("catalogue_entry", sa.Column("quarantined_at", UTCDateTime(), nullable=True))
    if dialect == "sqlite":
        # SQLite takes a reference together with its column only.
        op.execute(
            "ALTER TABLE catalogue_entry ADD COLUMN program_id INTEGER "
            "CONSTRAINT fk_catalogue_entry_program_id REFERENCES program (id)"
        )
        return
    op.add_column("catalogue_entry", sa.Column("program_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_catalogue_entry_program_id"), "catalogue_entry", "program",
        ["program_id"], ["id"],
    )  # fmt: skip


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    add_columns(dialect)
    op.create_table(
        "content_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("erratum", sa.String(length=2000), nullable=False),
        sa.Column("source_url", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_content_decision_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["catalogue_version.id"], name=op.f("fk_content_decision_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_decision")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_content_decision_code"), "content_decision", ["code"], unique=False)
    op.create_table(
        "item_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=120), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["person.id"], name=op.f("fk_item_report_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"],
            ["catalogue_version.id"],
            name=op.f("fk_item_report_item_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_item_report_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_item_report_sitting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_report")),
        sa.UniqueConstraint("person_id", "op_id", name=op.f("uq_item_report_person_id_op_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_item_report_item_code"), "item_report", ["item_code"], unique=False)
    op.create_table(
        "item_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=120), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_item_draft_author_id")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_item_draft_program_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_draft")),
        sa.UniqueConstraint("code", name=op.f("uq_item_draft_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_item_draft_program_id"), "item_draft", ["program_id"], unique=False)
    op.create_table(
        "draft_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("option_order", sa.JSON(), nullable=False),
        sa.Column("given", sa.String(length=40), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["item_draft.id"], name=op.f("fk_draft_reading_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["person.id"], name=op.f("fk_draft_reading_reader_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_reading")),
        sa.UniqueConstraint(
            "draft_id", "edit", "reader_id", name=op.f("uq_draft_reading_draft_id_edit_reader_id")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "erratum_seen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["content_decision.id"], name=op.f("fk_erratum_seen_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_erratum_seen_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erratum_seen")),
        sa.UniqueConstraint(
            "decision_id", "person_id", name=op.f("uq_erratum_seen_decision_id_person_id")
        ),
        sqlite_strict=True,
    )
    guard_append_only(dialect)


def downgrade() -> None:
    for table in ("erratum_seen", "draft_reading", "item_draft", "item_report", "content_decision"):
        op.drop_table(table)
    # SQLite does not tell the name of a reference that came with its column.
    names = {"fk": "fk_%(table_name)s_%(column_0_name)s"}
    with op.batch_alter_table(
        "catalogue_entry", naming_convention=names, table_kwargs={"sqlite_strict": True}
    ) as batch:
        batch.drop_constraint(op.f("fk_catalogue_entry_program_id"), type_="foreignkey")
        batch.drop_column("program_id")
        batch.drop_column("quarantined_at")
    # Not in batches: those make the table anew, and its guards would be lost.
    op.drop_column("response", "draw")
    op.drop_column("sitting", "draw")
