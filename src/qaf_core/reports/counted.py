"""Each audit as reports count it: once, with the grades that are reported, and nobody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap, making
from qaf_core.logic.values import Value
from qaf_core.moderation.reporting import POLICIES, chosen, reported
from qaf_core.moderation.side_by_side import Moderation
from qaf_core.records import AuditRecord
from qaf_core.reports.counts import Counts, Key
from qaf_core.reports.fitness import pin_of, refuse_unfit
from qaf_core.reports.material import Material, service_of
from qaf_core.reports.shapes import Level, Shape, Theme, shape_of, tally
from qaf_core.rules.model import Recognise
from qaf_core.settings import REPORTED_GRADE
from qaf_core.slots import ADVERSE, FINE, SILENT
from qaf_core.tools.model import Judgement

__all__ = ["CountedAudit", "Level", "counted_audits", "counts_of", "policy_of"]

_ANSWERED, _AGAINST = (ADVERSE, FINE), (ADVERSE,)


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class CountedAudit:
    """One audit as reports count it. It holds ids alone, and no post.

    Attributes:
        audit: its id.
        service: id of the service; "" where it is not known.
        tool, version, fingerprint: what it was made with.
        audited: the day of the audit.
        complete: whether it is complete.
        moderated: whether another audited it again.
        compared: where it was moderated, what became of the overall grade: same, lowered,
            raised, or beside the order; else "".
        scale: id of the scale of the overall grade, or "".
        overall: code of the overall grade that is reported, or "".
        sections: the code reported for each other judgement, by its id.
        tags: themes that people set.
        recognised: rule and what it is about, of good practice to share.
        characteristics: what the host records for equalities.
        themes: all that questions of its tool are counted under, with their places.
        told: what each question told of practice, as a byte; see ``AuditRecord``.
    """

    audit: str
    service: str
    tool: str
    version: str
    fingerprint: str
    audited: date
    complete: bool
    moderated: bool
    compared: str
    scale: str
    overall: str
    sections: Mapping[str, str]
    tags: frozenset[str]
    recognised: frozenset[tuple[str, str]]
    characteristics: Mapping[str, str] = field(repr=False)
    themes: Mapping[Theme, tuple[int, ...]] = field(repr=False)
    told: bytes = field(repr=False)

    @property
    def answered(self) -> frozenset[Theme]:
        """What was answered, by level and id: a question, and the section, criteria, standards
        and aspect that it is of.
        """
        return self._telling(_ANSWERED)

    @property
    def against(self) -> frozenset[Theme]:
        """Those of them of which an answer tells against practice."""
        return self._telling(_AGAINST)

    def _telling(self, telling: tuple[int, ...]) -> frozenset[Theme]:
        told = self.told
        return frozenset(
            theme
            for theme, places in self.themes.items()
            if any(told[at] in telling for at in places)
        )

    def counted_under(self) -> list[Key]:
        """All that it is counted under, but for themes."""
        service, tool, scale = self.service, self.tool, self.scale
        keys: list[Key] = [("audited", service, tool)]
        if self.complete:
            keys.append(("complete", service, tool))
        if self.moderated:
            keys.append(("moderated", service, tool))
            if scale:
                keys.append(("compared", scale, self.compared))
        if scale:
            keys.append(("grade", scale, service, self.overall))
        keys += [("section", tool, id, code) for id, code in self.sections.items() if code]
        keys += [("tag", theme) for theme in self.tags]
        keys += [("recognised", rule, about) for rule, about in self.recognised]
        return keys


def counts_of(audits: Iterable[CountedAudit]) -> Counts:
    """The counts of audits."""
    audits = tuple(audits)
    counts = Counter(chain.from_iterable([each.counted_under() for each in audits]))
    alike: dict[int, list[CountedAudit]] = {}
    for each in audits:
        alike.setdefault(id(each.themes), []).append(each)
    for group in alike.values():
        of, told = group[0].themes, [each.told for each in group]
        found = {"answered": tally(of, told, _ANSWERED), "against": tally(of, told, _AGAINST)}
        for name, themes in found.items():
            counts.update({(name, level.value, id): n for (level, id), n in themes.items() if n})
    return Counts(counts)


def policy_of(framework: Framework, day: date) -> str:
    """Which grade is reported where an audit was moderated, as in force on a day."""
    value = str(framework.value(REPORTED_GRADE, day))
    return value if value in POLICIES else str(REPORTED_GRADE.value)


def counted_audits(
    material: Material, framework: Framework, *, on: date, policy: str = ""
) -> tuple[CountedAudit, ...]:
    """The audits of the material that have a date up to a day, in order of date and id.

    A moderation is not counted beside the audit that it does again: it decides which of
    the two answers and grades counts, as the policy says.

    Args:
        material: what there is.
        framework: the framework.
        on: the day.
        policy: ``"moderated"``, ``"auditor"`` or ``"worse"``; the setting
            ``reported_grade`` as in force on the day where not given.

    Raises:
        InputError: an audit or a process comes twice, an audit has no review or no tool here,
            or calls for what its review does not, or a moderation has no audit, or one of
            another tool. Every fault is named.
    """
    refuse_unfit(material, framework)
    ready = _Ready(material, framework, on, policy or policy_of(framework, on))
    found = [
        ready.counted(each)
        for each in material.audits
        if not each.moderates and each.audited is not None and each.audited <= on
    ]
    return tuple(sorted(found, key=lambda each: (each.audited, each.audit)))


_counted_audit = making(CountedAudit)


class _Ready:
    """The material made ready for counting."""

    def __init__(self, material: Material, framework: Framework, on: date, policy: str) -> None:
        self.material = material
        self.framework = framework
        self.on = on
        self.policy = policy
        self.reviews = {each.audit: each for each in material.reviews}
        self.again: dict[str, Audit] = {}
        for each in sorted(material.audits, key=lambda one: (one.audited or date.max, one.id)):
            if each.moderates:
                self.again[each.moderates] = each
        self.characteristics = {fact.id for fact in framework.facts if fact.characteristic}
        self.shapes: dict[tuple[str, str], Shape] = {}

    def shape(self, pin: tuple[str, str]) -> Shape:
        if pin not in self.shapes:
            self.shapes[pin] = shape_of(self.framework.tool(*pin), self.framework)
        return self.shapes[pin]

    def counted(self, audit: Audit) -> CountedAudit:
        """An audit as it is counted."""
        shape = self.shape(pin_of(audit))
        again = self.again.get(audit.id)
        first = self.stated(audit)
        second = None if again is None else self.stated(again)
        grades = self.grades(audit, again, first, second, shape)
        overall = grades.pop(shape.overall.id, "") if shape.overall else ""
        both = (audit,) if again is None else (audit, again)
        return _counted_audit(
            audit=audit.id,
            service=self.material.services.get(audit.id) or service_of(audit, self.framework),
            tool=audit.tool.id,
            version=audit.tool.version,
            fingerprint=shape.tool.fingerprint,
            audited=audit.audited or self.on,
            complete=self.reviews[audit.id].complete,
            moderated=again is not None,
            compared=_compared(first, second, shape.overall),
            scale=shape.overall.scale.id if shape.overall else "",
            overall=overall,
            sections=FrozenMap.holding(grades),
            themes=shape.themes,
            told=first.told if second is None else _together(self.policy, first, second),
            tags=frozenset([tag.theme for each in both for tag in each.tags]),
            recognised=self.recognised(audit if again is None else self.of(audit)),
            characteristics=FrozenMap.holding(
                {
                    id: str(value)
                    for id, value in audit.subject.facts.items()
                    if id in self.characteristics and value is not None
                }
            ),
        )

    def stated(self, audit: Audit) -> AuditRecord:
        """What its questions and judgements come to."""
        return self.framework.stated(audit, self.reviews[audit.id], on=self.on)

    def of(self, audit: Audit) -> Audit:
        """The one of the two audits whose findings count."""
        return audit if self.policy == "auditor" else self.again[audit.id]

    def recognised(self, audit: Audit) -> frozenset[tuple[str, str]]:
        """The rule and what it is about, of all that is recognised as good practice."""
        found = self.reviews[audit.id].findings
        return frozenset(
            [(each.rule.id, each.about) for each in found if type(each.outcome) is Recognise]
        )

    def grades(
        self,
        audit: Audit,
        again: Audit | None,
        first: AuditRecord,
        second: AuditRecord | None,
        shape: Shape,
    ) -> dict[str, str]:
        """The code reported for each judgement."""
        stated = first.record.facts
        codes = {
            id: value if type(value) is str else ""
            for id in shape.graded
            for value in (stated[id],)
        }
        if again is None or second is None:
            return codes
        settled = self.material.settled.get(audit.id, ())
        moderation = Moderation(original=audit, again=again, tool=shape.tool, blind=False)
        found = reported(moderation, settled=settled, policy=self.policy)
        decided = {each.about: each.grade for each in found.grades.values()}
        for item in shape.judged:
            one, other = codes[item.id], _code(second.record.facts.get(item.id))
            code = chosen(self.policy, one, other, item.scale)[0] if other else one
            wanted = decided.get(item.id, "")
            codes[item.id] = wanted if wanted in item.scale.kind.every_code else code
        return codes


def _together(policy: str, first: AuditRecord, second: AuditRecord) -> bytes:
    """What questions tell where an audit was done again, as the policy says."""
    both = list(zip(first.told, second.told, strict=True))
    match policy:
        case "auditor":
            return bytes(one if one in _ANSWERED else other for one, other in both)
        case "worse":
            return bytes(
                ADVERSE if ADVERSE in pair else FINE if FINE in pair else SILENT for pair in both
            )
    return bytes(other if other in _ANSWERED else one for one, other in both)


def _code(value: Value | None) -> str:
    return value if type(value) is str else ""


def _compared(first: AuditRecord, second: AuditRecord | None, overall: Judgement | None) -> str:
    """What a moderation made of the overall grade."""
    if second is None or overall is None:
        return ""
    ranks = {grade.code: grade.rank for grade in overall.scale}
    one, other = (ranks.get(_code(each.record.facts.get(overall.id))) for each in (first, second))
    if one is None or other is None:
        return "beside"
    return "same" if one == other else "lowered" if other < one else "raised"
