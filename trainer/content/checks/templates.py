"""Checks of parametric items over all their draws (N02)."""

from collections.abc import Iterator, Sequence

from trainer.content.located import Located
from trainer.content.problems import Problem
from trainer.core.items import Item
from trainer.core.items.proof import problems_of_template


def check_templates(items: Sequence[Located[Item]]) -> Iterator[Problem]:
    """Every template is a sound question with every set of values it can be drawn with."""
    for row in items:
        for path, message in problems_of_template(row.value):
            yield row.problem("N02", f"[{row.value.code}] {message}", at=path)
