"""One small item of every type, made of plain values."""

from dataclasses import replace

from trainer.core.items import Item, Number, Option, Partner, Picture, Source, WrongNumber

PLAIN = Item(
    code="hand-hygiene-01",
    concept="hand-hygiene",
    type="single_best_answer",
    difficulty=2,
    bloom="apply",
    stem="Hands look clean after a visit.",
    lead_in="What comes next?",
    options=(
        Option("a", "Use hand rub", True, "Clean-looking hands call for rub."),
        Option("b", "Wash and dry twice", False, "Only soiled hands need this here."),
        Option("c", "Nothing", False, "Every contact ends with hand hygiene."),
    ),
    rule="Rub unless soiled.",
    sources=(Source("Guidance", "https://example.org/", "2026-11-23"),),
    status_as_of="2026-11-23",
    review_by="2027-11-01",
    fixed_order=False,
    bank="infection-control",
)


def options(*texts: str, keys: str = "", matches: str = "") -> tuple[Option, ...]:
    """Options a, b, c ...; `keys` names the right ones, `matches` the partner of each row."""
    return tuple(
        Option(one, text, one in keys, f"Reason of {one}.", matches[place] if matches else "")
        for place, (one, text) in enumerate(zip("abcdefgh", texts, strict=False))
    )


SELECT_ALL = replace(
    PLAIN, type="multiple_response", options=options("Cap", "Gown", "Mask", "Pen", keys="abc")
)
SELECT_TWO = replace(
    PLAIN, type="multiple_response", options=options("Cap", "Gown", "Pen", "Cup", keys="ab"),
    select=2,
)  # fmt: skip
STEPS = replace(PLAIN, type="ordered_response", options=options("Wash", "Dry", "Glove", "Draw"))
PAIRS = replace(
    PLAIN, type="matching", options=options("Red", "Blue", "Gold", matches="121"),
    partners=(Partner("1", "Serum"), Partner("2", "Citrate"), Partner("3", "EDTA")),
)  # fmt: skip
DOSE = replace(
    PLAIN, type="numeric", options=(),
    number=Number(
        "2.5", "0", "0.1", "20", ("mL", "ml", "milliliters"), "50 / 20 = 2.5 mL.",
        (WrongNumber("0.4", "inverted ratio", "The strength was divided by the dose."),),
    ),
)  # fmt: skip
PLACE = replace(
    PLAIN, type="hot_spot", options=options("Upper arm", "Thigh", "Belly", keys="b"),
    fixed_order=True, picture=Picture("sites", "A figure with three places.", "<svg/>"),
)  # fmt: skip

EVERY = (PLAIN, SELECT_ALL, SELECT_TWO, STEPS, PAIRS, DOSE, PLACE)
