"""What an exam looks like: items, time, segments, scale, outline. Knows no student and no form."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """The finest line of an outline."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Subdomain:
    """A group inside a domain. Evidence "working" means our own split, never shown as official."""

    code: str
    name: str
    items: int
    evidence: str
    topics_evidence: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A weighted part of the exam: `items` is its share of the scored questions."""

    code: str
    name: str
    items: int
    weight_pct: float
    evidence: str
    note: str
    subdomains: tuple[Subdomain, ...]


@dataclass(frozen=True, slots=True)
class Segments:
    """How the time is cut. A closed segment cannot be reopened unless `return_allowed`."""

    count: int
    minutes_each: int
    items_each: int
    return_allowed: bool
    break_minutes: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The body's reporting scale, and our assumed raw cut for practice (no body publishes one)."""

    minimum: int
    maximum: int
    passing: int
    confidence: str
    note: str
    assumed_cut_pct: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Which edition of the outline this is, and how sure its parts are."""

    effective: str
    domains_confidence: str
    subdomains_confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class ExamProfile:
    """All that is needed to build a form like the exam's and to report on it."""

    code: str
    credential: str
    full_name: str
    issuing_body: str
    official_site: str
    as_of: str
    items_total: int
    items_scored: int
    items_pretest: int
    items_note: str
    time_minutes: int
    options_per_item: int
    item_types: tuple[str, ...]
    segments: Segments
    scale: Scale
    outline: Outline
    cross_cutting: tuple[Topic, ...]
    domains: tuple[Domain, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def pace_seconds(self) -> int:
        """Seconds for one question when the time is spread evenly."""
        return self.time_minutes * 60 // self.items_total

    def subdomains(self) -> Iterator[Subdomain]:
        for domain in self.domains:
            yield from domain.subdomains

    def node_names(self) -> dict[str, str]:
        """Name of every outline node a question may be placed under."""
        names = {topic.code: topic.name for topic in self.cross_cutting}
        for domain in self.domains:
            names[domain.code] = domain.name
            for part in domain.subdomains:
                names[part.code] = part.name
                names.update((topic.code, topic.name) for topic in part.topics)
        return names

    def domain_of(self, node: str) -> str | None:
        """The domain a node lies in; none for cross-cutting themes, which carry no weight."""
        for domain in self.domains:
            if node == domain.code or node.startswith(domain.code + "."):
                return domain.code
        return None
