"""Checks of everything read together: item writing, references, likeness, proportions.

Knows values and their places; reads no file.
"""

from trainer.content.checks.coverage import check_coverage
from trainer.content.checks.outlines import check_outlines
from trainer.content.checks.references import check_references
from trainer.content.checks.templates import check_templates
from trainer.content.checks.writing import check_writing
from trainer.content.located import Found
from trainer.content.problems import Problem


def check_all(found: Found) -> list[Problem]:
    """Everything that needs more than the shape of one entry to be seen."""
    return [
        *check_references(found),
        *check_outlines(found),
        *check_coverage(found),
        *check_templates(found.items),
        *check_writing(found.items),
    ]
