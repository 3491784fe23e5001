"""What a check of a framework found, as values."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.laws import Law
from qaf_core.tables import Table

__all__ = ["Answer", "Check", "Counterexample", "Kind", "Problem", "Ruling"]


def __dir__() -> list[str]:
    return __all__


class Kind(StrEnum):
    """What can be wrong with a framework that holds together."""

    UNSTATED = "stated by nothing"
    """A fact that no tool, host or derivation states where it is read."""
    NEVER = "never holds"
    """A condition that no audit can meet."""
    ALWAYS = "always holds"
    """A condition that every audit meets."""
    IDLE = "idle"
    """A rule that adds nothing to what another already says."""
    CONTRADICTORY = "contradictory"
    """Rules that cannot be satisfied together."""
    HIDDEN = "hidden"
    """A required question that goes unasked where one that may be left out is left out."""
    CIRCLE = "in a circle"
    """Questions whose asking rests on itself."""
    UNDECIDED = "not decided"
    """Something that could not be looked through within the budget."""


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong, or that could not be decided.

    Attributes:
        kind: what is wrong.
        about: id of the fact, rule or question.
        tool: the tool it is so in, or "" for all that it concerns.
        says: what is wrong, in a sentence.
        do: what to do about it.
    """

    kind: Kind
    about: str
    tool: str = ""
    says: str
    do: str

    def __str__(self) -> str:
        where = f" ({self.tool})" if self.tool else ""
        return f"{self.about}{where}: {self.kind}. {self.says} {self.do}"


class Answer(StrEnum):
    """What came of deciding a law."""

    HOLDS = "holds"
    """In every audit of its domain."""
    BROKEN = "broken"
    """There is an audit that breaks it."""
    UNDECIDED = "not decided"
    """Too much to look through, or nothing to decide it by."""


@frozen(kw_only=True)
class Counterexample:
    """The smallest audit found that breaks a law.

    Attributes:
        audit: the audit; ``write_audit`` makes a file of it that ``qaf review`` reads.
        on: the day to review it on.
        shows: what its review shows, in a sentence.
    """

    audit: Audit = field(repr=False)
    on: date
    shows: str


@frozen(kw_only=True)
class Ruling:
    """A law, and whether it holds.

    Attributes:
        law: the law.
        answer: holds, broken or not decided.
        over: over what it was decided, in words.
        domain: what was told apart there, a line a tool.
        cases: how many groups of audits were told apart and decided.
        why: why it is broken or could not be decided; "" where it holds.
        counterexample: an audit that breaks it, where one does.
    """

    law: Law
    answer: Answer
    over: str = field(repr=False)
    domain: tuple[str, ...] = field(default=(), repr=False)
    cases: int
    why: str = ""
    counterexample: Counterexample | None = None

    @property
    def _lines(self) -> list[str]:
        """All but over what it was decided, which many have in common."""
        found = [f"{self.answer}: {self.law}", *([f"  {self.why}."] if self.why else [])]
        return [*found, f"  {_count(self.cases, 'case')}", *(f"  {each}" for each in self.domain)]

    def __str__(self) -> str:
        return "\n".join((*self._lines, f"  Decided over {self.over}."))


@frozen(kw_only=True)
class Check:
    """What was found out about a framework without any audit of a real case.

    Attributes:
        framework: its name and version.
        problems: what is wrong with it.
        rulings: its laws, each decided or said not to be.
        departures: what the framework's owner decided otherwise than shipped.
        cases: how many groups of audits were decided in all.
    """

    framework: str
    problems: tuple[Problem, ...]
    rulings: tuple[Ruling, ...]
    departures: tuple[str, ...]
    cases: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong and every law was decided and holds."""
        return not self.problems and all(each.answer is Answer.HOLDS for each in self.rulings)

    @property
    def broken(self) -> tuple[Ruling, ...]:
        """The laws that do not hold."""
        return tuple(each for each in self.rulings if each.answer is Answer.BROKEN)

    @property
    def undecided(self) -> tuple[Ruling, ...]:
        """The laws that could not be decided."""
        return tuple(each for each in self.rulings if each.answer is Answer.UNDECIDED)

    def to_rows(self) -> list[dict[str, object]]:
        """A row a law and a row a problem, what is wrong first."""
        laws: list[dict[str, object]] = [
            {
                "what": "law",
                "answer": each.answer.value,
                "id": each.law.id,
                "tool": "",
                "says": each.law.statement,
                "why": each.why,
                "cases": each.cases,
                "domain": " | ".join((each.over, *each.domain)),
                "clause": str(each.law.source),
                "standing": each.law.standing.value,
            }
            for each in self.rulings
        ]
        order = (Answer.BROKEN.value, Answer.UNDECIDED.value, Answer.HOLDS.value)
        laws.sort(key=lambda row: order.index(str(row["answer"])))
        problems: list[dict[str, object]] = [
            {
                "what": "problem",
                "answer": each.kind.value,
                "id": each.about,
                "tool": each.tool,
                "says": each.says,
                "why": each.do,
                "cases": None,
                "domain": "",
                "clause": "",
                "standing": "",
            }
            for each in self.problems
        ]
        return [*problems, *laws]

    def table(self) -> Table:
        """The rows as a table."""
        return Table(caption=self.summary, columns=_COLUMNS, rows=self.to_rows())

    @property
    def summary(self) -> str:
        """The check in one line."""
        holds = sum(each.answer is Answer.HOLDS for each in self.rulings)
        said = [f"{holds} of {_count(len(self.rulings), 'law')} hold"]
        if self.broken:
            said.append(f"{len(self.broken)} broken")
        if self.undecided:
            said.append(f"{len(self.undecided)} not decided")
        said.append(_count(len(self.problems), "problem"))
        return f"{self.framework}: {', '.join(said)}; {_count(self.cases, 'case')} decided"

    def __str__(self) -> str:
        order = (Answer.BROKEN, Answer.UNDECIDED, Answer.HOLDS)
        lines = [f"{self.summary}."]
        for over in dict.fromkeys(each.over for each in self.rulings):
            lines += ["", f"Decided over {over}:"]
            same = [each for each in self.rulings if each.over == over]
            for answer in order:
                for each in same:
                    lines += each._lines if each.answer is answer else []  # noqa: SLF001
        if self.problems:
            lines += ["\nProblems:", *(f"  {each}" for each in self.problems)]
        lines.append("")
        if self.departures:
            lines += ["Decided otherwise by the framework's owner:"]
            lines += [f"  {each}" for each in self.departures]
        else:
            lines.append("No setting is departed from and no rule replaced.")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def _repr_markdown_(self) -> str:
        return self.table().to_markdown()


_COLUMNS = {
    "what": "What",
    "answer": "Answer",
    "id": "Id",
    "tool": "Tool",
    "says": "In words",
    "why": "Why, or what to do",
    "cases": "Cases",
    "domain": "Decided over",
    "clause": "Clause",
    "standing": "Standing",
}


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
