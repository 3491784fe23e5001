"""What serves what: links from questions to criteria and key tests, and the gaps they leave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from attrs import evolve, field, frozen

from qaf_core.errors import DefinitionError, nearest
from qaf_core.provenance import Reference, Standing
from qaf_core.tables import Table
from qaf_core.tools.model import Part, Section, Tool

__all__ = ["Extent", "Gaps", "KeyTest", "Link", "LinkSet", "Unknown", "check", "ends_of", "gaps"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class KeyTest:
    """One thing that a service's row of the audit programme says is to be tested.

    Attributes:
        id: stable; the service's id, then the test.
        service: id of the row it stands in, such as ``"cin"``.
        text: the test in a few words.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    service: str
    text: str
    source: Reference
    standing: Standing


class Extent(StrEnum):
    """How much of what is to be known a question asks."""

    FULL = "full"
    """All of it."""
    PARTIAL = "partial"
    """A part of it."""
    INDICATOR = "indicator"
    """None of it, but something near: an answer against practice casts doubt on it."""


@frozen
class Link:
    """A question or section serves a criterion or key test.

    Attributes:
        of: the question or section with its tool, such as ``"case_file.plan_smart"``.
        to: id of the criterion or key test.
        extent: how much of it is served.

    Raises:
        DefinitionError: ``of`` is not a tool, a dot and a question or section.
    """

    of: str
    to: str
    extent: Extent

    def __attrs_post_init__(self) -> None:
        parts = self.of.split(".")
        if len(parts) != 2 or not all(part.isidentifier() for part in parts):
            raise DefinitionError(
                f"{self.of!r} cannot be linked. Write it as 'tool.question' or 'tool.section'."
            )


@frozen(kw_only=True)
class LinkSet:
    """Links that belong together.

    Attributes:
        id: stable.
        title: what is linked with what.
        links: the links, in order.
        source, standing: where they come from and how firmly they stand.
        note: whose they are and how to read them.

    Raises:
        DefinitionError: two links have the same ends, or an editorial set does not say
            so in its note.
    """

    id: str
    title: str
    links: tuple[Link, ...] = field(repr=False)
    source: Reference
    standing: Standing
    note: str = ""

    def __attrs_post_init__(self) -> None:
        ends = [(link.of, link.to) for link in self.links]
        twice = [f"{of} to {to}" for of, to in dict.fromkeys(ends) if ends.count((of, to)) > 1]
        if twice:
            raise DefinitionError(f"{self.id!r} links more than once: {', '.join(twice)}.")
        if self.standing is Standing.EDITORIAL and "editorial" not in self.note.lower():
            raise DefinitionError(f"{self.id!r} is editorial. Say so in its note.")

    def only_to(self, ids: Iterable[str]) -> LinkSet:
        """The set with only the links that lead to these."""
        wanted = frozenset(ids)
        return evolve(self, links=tuple(link for link in self.links if link.to in wanted))

    def __str__(self) -> str:
        return f"{self.title} ({self.standing})"


@frozen(kw_only=True)
class Unknown:
    """An end of a link that is not there.

    Attributes:
        id: the id the link names.
        nearest: the id closest to it, or "".
    """

    id: str
    nearest: str

    def __str__(self) -> str:
        near = f" Did you mean {self.nearest!r}?" if self.nearest else ""
        return f"{self.id!r} is not there.{near}"


@frozen(kw_only=True)
class Gaps:
    """What a set of links leaves open, in both directions.

    Attributes:
        title: of the set, with its standing.
        unlinked_of: questions and sections that serve nothing; a section stands for all
            that it holds.
        unlinked_to: criteria or key tests that nothing serves.
        only_indicated: criteria or key tests that indicators alone point to.
        unknown: ends of links that are not there; such links serve nothing.
    """

    title: str
    unlinked_of: tuple[str, ...]
    unlinked_to: tuple[str, ...]
    only_indicated: tuple[str, ...]
    unknown: tuple[Unknown, ...]

    def _groups(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield "Served by nothing", self.unlinked_to
        yield "Served by indicators alone", self.only_indicated
        yield "Serves nothing", self.unlinked_of

    def to_table(self) -> Table:
        """One row for each gap."""
        rows: list[dict[str, object]] = [
            {"gap": gap, "id": id} for gap, ids in self._groups() for id in ids
        ]
        rows += [
            {"gap": "Not there", "id": each.id, "nearest": each.nearest} for each in self.unknown
        ]
        return Table(
            caption=self.title,
            columns={"gap": "Gap", "id": "Id", "nearest": "Nearest id there is"},
            rows=rows,
        )

    def __str__(self) -> str:
        lines = [f"  {gap} ({len(ids)}): {', '.join(ids)}." for gap, ids in self._groups() if ids]
        lines += [f"  {each}" for each in self.unknown]
        return "\n".join((f"{self.title}:", *(lines or ["  No gaps."])))


def ends_of(*tools: Tool) -> dict[str, tuple[str, ...]]:
    """What links of these tools may start from: each with the sections it lies in."""
    return {of: sections for tool in tools for of, sections in _placed(tool.id, tool.parts, ())}


def _placed(
    tool: str, parts: Iterable[Part], around: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in parts:
        of = f"{tool}.{part.id}"
        yield of, around
        if isinstance(part, Section):
            yield from _placed(tool, part.parts, (*around, of))


def gaps(
    link_set: LinkSet,
    of_ids: Iterable[str] | Mapping[str, Collection[str]],
    to_ids: Iterable[str],
) -> Gaps:
    """What the links leave open between these ids.

    Args:
        link_set: the links.
        of_ids: questions and sections with their tool. Given with the sections each lies
            in, as ``ends_of`` does, a section's link counts for what it holds, and a
            section counts as linked where something in it is.
        to_ids: criteria or key tests.
    """
    within = of_ids if isinstance(of_ids, Mapping) else dict.fromkeys(of_ids, ())
    wanted = dict.fromkeys(to_ids)
    held = [link for link in link_set.links if link.of in within and link.to in wanted]
    named = {link.of for link in held}
    holding = {section for of in named for section in within[of]}
    unlinked = {
        of: sections
        for of, sections in within.items()
        if of not in named | holding and named.isdisjoint(sections)
    }
    served = {link.to for link in held}
    asked = {link.to for link in held if link.extent is not Extent.INDICATOR}
    return Gaps(
        title=str(link_set),
        unlinked_of=tuple(
            of for of, sections in unlinked.items() if unlinked.keys().isdisjoint(sections)
        ),
        unlinked_to=tuple(to for to in wanted if to not in served),
        only_indicated=tuple(to for to in wanted if to in served - asked),
        unknown=(
            *_unknown((link.of for link in link_set.links), within),
            *_unknown((link.to for link in link_set.links), wanted),
        ),
    )


def check(
    link_set: LinkSet,
    of_ids: Iterable[str] | Mapping[str, Collection[str]],
    to_ids: Iterable[str],
) -> None:
    """Refuse links whose ends are not among these ids.

    Raises:
        DefinitionError: there are such links. Every unknown id is named, with the near one.
    """
    unknown = gaps(link_set, of_ids, to_ids).unknown
    if unknown:
        said = " ".join(str(each) for each in unknown)
        raise DefinitionError(f"{link_set.id!r} links what it cannot. {said}")


def _unknown(ids: Iterable[str], known: Collection[str]) -> Iterator[Unknown]:
    return (
        Unknown(id=id, nearest=nearest(id, known)) for id in dict.fromkeys(ids) if id not in known
    )
