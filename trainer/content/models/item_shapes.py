"""Which parts each item type has. Knows counts and ids; no rule about good writing."""

from collections.abc import Collection, Sequence

from trainer.content.models.item_parts import NumberEntry, OptionEntry, PartnerEntry

SIZES = {
    "single_best_answer": (3, 5),
    "multiple_response": (4, 7),
    "ordered_response": (3, 7),
    "matching": (3, 6),
    "numeric": (0, 0),
    "hot_spot": (3, 8),
}
_ONE_KEY = ("single_best_answer", "hot_spot")


def check_options(kind: str, options: Sequence[OptionEntry]) -> None:
    """Raises ValueError, with the code of the rule, when the type cannot have these options."""
    low, high = SIZES[kind]
    if not low <= len(options) <= high:
        allowed = f"{low} to {high}" if high else "no"
        raise ValueError(f"I02 {kind} has {allowed} options, not {len(options)}")
    if len({option.id for option in options}) != len(options):
        raise ValueError("I02 two options have the same id")
    _check_keys(kind, options)
    if kind != "matching" and any(option.match for option in options):
        raise ValueError('S02 only rows of a matching item have a "match"')


def _check_keys(kind: str, options: Sequence[OptionEntry]) -> None:
    keys = sum(option.correct for option in options)
    if kind in _ONE_KEY and keys != 1:
        raise ValueError(f"I01 exactly one option must be correct, not {keys}")
    if kind == "multiple_response" and not 2 <= keys < len(options):
        raise ValueError(f"I01 at least two options must be correct, and one not; here {keys}")
    if kind in {"ordered_response", "matching"} and keys:
        raise ValueError(f"I01 no option of {kind} is marked as correct")


def check_select(kind: str, select: int, options: Sequence[OptionEntry]) -> None:
    """How many to choose is said for multiple response only, and is the number of keys."""
    if select and kind != "multiple_response":
        raise ValueError('S02 only multiple_response has "select"')
    keys = sum(option.correct for option in options)
    if select and select != keys:
        raise ValueError(f"I01 {select} are to be chosen, but {keys} are correct")


def check_partners(
    kind: str, partners: Sequence[PartnerEntry], options: Sequence[OptionEntry]
) -> None:
    """Every row of a matching item has its partner, and every partner its own id."""
    if kind != "matching":
        if partners:
            raise ValueError('S02 only matching has "partners"')
        return
    if not 2 <= len(partners) <= 8:
        raise ValueError(f"I02 matching has 2 to 8 partners, not {len(partners)}")
    ids = {partner.id for partner in partners}
    if len(ids) != len(partners):
        raise ValueError("I02 two partners have the same id")
    for option in options:
        if option.match not in ids:
            raise ValueError(f"I01 row {option.id} is matched with no partner")


def check_number(kind: str, number: NumberEntry | None) -> None:
    """A number is what numeric entry asks for, and nothing else."""
    if kind == "numeric" and number is None:
        raise ValueError('S01 numeric needs a "number"')
    if kind != "numeric" and number is not None:
        raise ValueError('S02 only numeric has a "number"')


def check_picture(kind: str, picture: str) -> None:
    """A hot spot is a region of a picture."""
    if kind == "hot_spot" and not picture:
        raise ValueError('S01 hot_spot needs a "picture"')


def check_template(kind: str, parameters: object) -> None:
    """Only types whose answer can be computed may be templates."""
    if parameters is not None and kind not in {"single_best_answer", "numeric"}:
        raise ValueError(f"S02 {kind} cannot have parameters")


def check_regions(options: Collection[str], regions: Collection[str]) -> str:
    """What is wrong between the options of a hot spot and the regions of its picture; or ""."""
    if not regions:
        return "The picture has no regions."
    if set(options) != set(regions):
        return f"The options must be the regions of the picture: {', '.join(sorted(regions))}."
    return ""
