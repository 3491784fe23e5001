"""A round of moderation: the audits to be done again, each with its arm and its chance."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from qaf_core.errors import UnknownIdError
from qaf_core.moderation.pairs import Arm
from qaf_core.sampling.draw import Draw
from qaf_core.sampling.population import Case
from qaf_core.tables import Table

__all__ = ["ModerationRound", "Selected", "Undecided"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Selected:
    """An audit that is to be done again.

    Attributes:
        audit: id of the audit.
        auditors: the posts that did it: ids, never shown.
        arm: how it came to be moderated.
        triggers: ids of the rules that call for it, drawn or not.
        draw_probability: the chance it had in the draw; None where nothing was drawn.
        probability: the chance it had by either arm.
    """

    audit: str
    auditors: tuple[str, ...] = field(repr=False)
    arm: Arm
    triggers: tuple[str, ...] = ()
    draw_probability: Fraction | None = None
    probability: Fraction

    def to_row(self) -> dict[str, object]:
        """The selection as one flat row; no post is named."""
        return {
            "audit": self.audit,
            "arm": self.arm.value,
            "triggers": ", ".join(self.triggers),
            "draw_probability": None
            if self.draw_probability is None
            else str(self.draw_probability),
            "probability": str(self.probability),
        }


@frozen(kw_only=True)
class Undecided:
    """An audit that a rule may yet call for, once what is missing is known.

    Attributes:
        audit: id of the audit.
        rule: id of the rule.
        settled_by: ids of what is missing.
    """

    audit: str
    rule: str
    settled_by: tuple[str, ...]

    def __str__(self) -> str:
        missing = ", ".join(self.settled_by) or "a fault in the rule"
        return f"{self.audit} may yet have to be moderated ({self.rule}): settled by {missing}."


@frozen(kw_only=True)
class ModerationRound:
    """The audits of one round that are to be done again.

    Attributes:
        selected: the random arm in the order it was drawn, then the triggered one.
        audits: how many audits there were.
        undecided: those that a rule may yet call for.
        draw: the draw, with its receipt; None where no rate is set.
        notes: what to know about it.
    """

    selected: tuple[Selected, ...]
    audits: int
    undecided: tuple[Undecided, ...] = ()
    draw: Draw[Case] | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    def of(self, arm: Arm) -> tuple[Selected, ...]:
        """The audits of one arm."""
        return tuple(each for each in self.selected if each.arm is arm)

    def __getitem__(self, audit: str) -> Selected:
        """The selection of an audit.

        Raises:
            UnknownIdError: it is not to be moderated.
        """
        for each in self.selected:
            if each.audit == audit:
                return each
        raise UnknownIdError("audit to moderate", audit, (each.audit for each in self.selected))

    def cases(self) -> tuple[Case, ...]:
        """The audits as cases to allocate, each with its first auditor as the fact ``auditor``."""
        return tuple(
            Case(id=each.audit, facts={"auditor": each.auditors[0]}) for each in self.selected
        )

    def to_rows(self) -> list[dict[str, object]]:
        """A row an audit; no post is named."""
        return [each.to_row() for each in self.selected]

    def table(self) -> Table:
        """The selection as a table."""
        columns = {
            "audit": "Audit",
            "arm": "Arm",
            "triggers": "Called for by",
            "draw_probability": "Chance in the draw",
            "probability": "Chance by either arm",
        }
        return Table(caption=self.summary, columns=columns, rows=self.to_rows())

    @property
    def summary(self) -> str:
        """How many of each arm, in one line."""
        random, triggered = len(self.of(Arm.RANDOM)), len(self.of(Arm.TRIGGERED))
        return f"{random} of {self.audits} audits drawn by chance, {triggered} called for by rules"

    def __str__(self) -> str:
        lines = [f"To moderate: {self.summary}."]
        for each in self.selected:
            why = f", called for by {', '.join(each.triggers)}" if each.triggers else ""
            lines.append(f"  {each.audit}: {each.arm}{why}, chance {each.probability}")
        return "\n".join((*lines, *map(str, self.undecided), *self.notes))
