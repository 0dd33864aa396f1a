"""Checks that play: reachability, dead ends, the best path, the author's own paths (V04-V13)."""

from collections.abc import Collection, Generator, Iterator
from fractions import Fraction

from trainer.core.scenario.explore import STATE_LIMIT, Exploration, TooManyStates, explore
from trainer.core.scenario.finding import Finding, PartPath
from trainer.core.scenario.model import Scenario, Walkthrough
from trainer.core.scenario.play import NotOffered, State, choose, ended, offered, start
from trainer.core.scenario.references import check_references
from trainer.core.scenario.report import score_play
from trainer.core.scenario.results import Score
from trainer.core.scenario.shape import check_shape

WALKTHROUGHS = 5


def check_static(scenario: Scenario, concepts: Collection[str] | None = None) -> list[Finding]:
    """Form and references (V01 to V03). A scenario that fails here cannot be played."""
    return [*check_shape(scenario), *check_references(scenario, concepts)]


def check_play(scenario: Scenario, limit: int = STATE_LIMIT) -> list[Finding]:
    """Everything found by playing; run only when `check_static` found nothing."""
    return [*_explored(scenario, limit), *_best_path(scenario), *_walkthroughs(scenario)]


def _explored(scenario: Scenario, limit: int) -> Iterator[Finding]:
    try:
        found = explore(scenario, limit)
    except TooManyStates as error:
        message = f"The scenario is too large to check: {error}. Use fewer free picks in hubs."
        yield Finding("V04", message)
        return
    yield from _unreached(scenario, found)
    yield from _dead_ends(scenario, found)


def _unreached(scenario: Scenario, found: Exploration) -> Iterator[Finding]:
    for node in scenario.nodes.values():
        # Time may be ample; the ending for it must exist all the same.
        if node.id not in found.nodes and node.id != scenario.on_time_up:
            yield Finding("V04", f'The node "{node.id}" is never reached.', ("nodes", node.id))
        if node.id not in found.nodes:
            continue
        for index, choice in enumerate(node.choices):
            if choice.id not in found.offered:
                message = f'The choice "{choice.id}" is never offered.'
                yield Finding("V04", message, ("nodes", node.id, "choices", index))


def _dead_ends(scenario: Scenario, found: Exploration) -> Iterator[Finding]:
    told: set[str] = set()
    for situation in found.endless(scenario) + [one for one in found.spans if one in found.stuck]:
        if situation.node in told:
            continue
        told.add(situation.node)
        path = " ".join(found.example(situation)) or "the start"
        what = "nothing is on offer" if situation in found.stuck else "no end can be reached"
        message = f'At "{situation.node}" {what}, for example after {path}.'
        yield Finding("V05", message, ("nodes", situation.node))


def _best_path(scenario: Scenario) -> Iterator[Finding]:
    path = ("best_path",)
    state = yield from _played(scenario, scenario.best_path, "V07", path)
    if state is None:
        return
    score = score_play(scenario, state)
    if score.errors:
        names = ", ".join(error.id for error in score.errors)
        yield Finding("V07", f"The best path triggers errors: {names}.", path)
    if score.overall_uncapped != 100:
        lost = ", ".join(
            f"{step.id} {step.status} {step.credit}" for step in score.steps if step.credit != 1
        )
        message = f"The best path scores {score.overall_uncapped}, not 100: {lost or 'harm'}."
        yield Finding("V07", message, path)
    if not score.passed:
        yield Finding("V07", f"The best path does not pass: {_reasons(score)}.", path)


def _played(
    scenario: Scenario, choices: tuple[str, ...], rule: str, path: PartPath
) -> Generator[Finding, None, State | None]:
    """The ended state of a path; None after saying why there is none."""
    state = start(scenario, "check")
    for at, choice in enumerate(choices):
        try:
            state = choose(scenario, state, choice)
        except NotOffered:
            yield Finding(rule, _refused(scenario, state, choice), (*path, at))
            return None
    if not ended(scenario, state):
        yield Finding(rule, f'The path stops at "{state.node}" before an end.', path)
        return None
    return state


def _refused(scenario: Scenario, state: State, choice: str) -> str:
    if ended(scenario, state):
        return f'"{choice}" comes after the end "{state.node}" (minute {state.clock}).'
    names = ", ".join(one.id for one in offered(scenario, state))
    return f'"{choice}" is not open at "{state.node}" (minute {state.clock}); open are {names}.'


def _walkthroughs(scenario: Scenario) -> Iterator[Finding]:
    shown: set[str] = set()
    for index, walkthrough in enumerate(scenario.walkthroughs):
        path = ("walkthroughs", index)
        state = yield from _played(scenario, walkthrough.choices, "V13", (*path, "choices"))
        if state is not None:
            score = score_play(scenario, state)
            shown |= {error.id for error in score.errors}
            yield from _promised(walkthrough, state, score, path)
    yield from _enough(scenario, shown)


def _promised(
    walkthrough: Walkthrough, state: State, score: Score, path: PartPath
) -> Iterator[Finding]:
    name = walkthrough.name
    if score.overall != walkthrough.overall:
        message = f'"{name}" scores {_percent(score.overall)}, not {_percent(walkthrough.overall)}.'
        yield Finding("V13", message, (*path, "overall"))
    if score.passed != walkthrough.passed:
        verdict = "passes" if score.passed else f"does not pass ({_reasons(score)})"
        yield Finding("V13", f'"{name}" {verdict}.', (*path, "passed"))
    if state.node != walkthrough.end:
        message = f'"{name}" ends at "{state.node}" (minute {state.clock}).'
        yield Finding("V13", message, (*path, "end"))


def _enough(scenario: Scenario, shown: set[str]) -> Iterator[Finding]:
    path = ("walkthroughs",)
    count = len(scenario.walkthroughs)
    if count < WALKTHROUGHS:
        # A scenario without any is a sketch or a fixture; one with a few has been forgotten.
        message = f"There are {count} walkthroughs; at least {WALKTHROUGHS} are needed."
        yield Finding("V13", message, path, warn=count == 0)
    if count == 0:
        return
    for error in scenario.errors:
        if error.severity == "critical" and error.id not in shown:
            message = f'No walkthrough shows the critical error "{error.id}".'
            yield Finding("V13", message, path)


def _percent(share: Fraction) -> str:
    return str(share) if share.denominator == 1 else f"{share} ({float(share):.1f})"


def _reasons(score: Score) -> str:
    return ", ".join(score.fail_reasons)
