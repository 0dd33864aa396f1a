"""What becomes of a question, and which decisions lead there. Plain values only."""

from enum import StrEnum

from trainer.store.catalogue import CatalogueEntry


class State(StrEnum):
    """Where a question stands."""

    IN_USE = "in-use"
    QUARANTINED = "quarantined"
    RETIRED = "retired"
    REMOVED = "removed"
    """Not in the files any more; only they bring it back."""


class Act(StrEnum):
    """What staff decide about a question."""

    QUARANTINE = "quarantine"
    RELEASE = "release"
    RETIRE = "retire"
    CORRECT = "correct"
    """Tell students about a corrected question; changes no state."""


ALLOWED: dict[State, tuple[Act, ...]] = {
    State.IN_USE: (Act.QUARANTINE, Act.RETIRE, Act.CORRECT),
    State.QUARANTINED: (Act.RELEASE, Act.RETIRE, Act.CORRECT),
    State.RETIRED: (Act.RELEASE, Act.CORRECT),
    State.REMOVED: (Act.CORRECT,),
}


def state_of(entry: CatalogueEntry) -> State:
    """Where a question stands. What staff retired is held in quarantine as well, so that nothing
    but their decision brings it back."""
    if entry.retired_at is None:
        return State.IN_USE if entry.quarantined_at is None else State.QUARANTINED
    return State.REMOVED if entry.quarantined_at is None else State.RETIRED
