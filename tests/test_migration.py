"""Versions of a tool: every difference told, and drafts that lose nothing on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaf_core import (
    READING_2016,
    Audit,
    DefinitionError,
    Document,
    Framework,
    InputError,
    Standing,
    Tool,
    read_audit,
    write_audit,
)
from qaf_core.audits import (
    Action,
    Explanation,
    Judged,
    NotApplicable,
    Return,
    Subject,
    Tag,
    ToolPin,
)
from qaf_core.differences import _OF, What, diff, unbumped
from qaf_core.logic import DATE, NEVER, TEXT, YES_NO, Ref, choice, many, numbers
from qaf_core.migration import Migrated, Migration, migrate
from qaf_core.scales import Beside, Grade, Scale, ScaleMap
from qaf_core.testing import audits
from qaf_core.tools import MEAN, WORST, Aspect, Judgement, Question, Section

PAPER = Document(id="Paper", title="A paper", publisher="A service", dated="2016")
GIVEN: dict[str, Any] = {"source": PAPER.at("1"), "standing": Standing.EDITORIAL}
FRAMEWORK = Framework.of(READING_2016)
CASE_FILE = FRAMEWORK.tool("case_file")
DAY = date(2016, 3, 1)
MARK = "Marker-Zebra-71"

PLACE = choice("place", {"home": "At home", "kin": "With kin"})
STEPS = Scale(
    id="steps", title="Steps", grades=(Grade("low", "Low"), Grade("high", "High")), **GIVEN
)
STARS = Scale(
    id="stars",
    title="Stars",
    grades=(Grade("one", "One"), Grade("two", "Two"), Grade("three", "Three")),
    **GIVEN,
)
WITH_BESIDE = attrs.evolve(STEPS, beside=(Beside("unclear", "Unclear"),))
STEPS_ON_STARS = ScaleMap(of=STEPS, on=STARS, codes={"low": "one", "high": "three"}, **GIVEN)
UNCLEAR_ON_STARS = attrs.evolve(STEPS_ON_STARS, of=WITH_BESIDE)


def question(name: str, **parts: Any) -> Question:
    """A yes/no question."""
    return Question(**{"id": name, "prompt": f"{name}?", "kind": YES_NO, **GIVEN, **parts})


def judgement(name: str, **parts: Any) -> Judgement:
    """A judgement in steps."""
    return Judgement(**{"id": name, "title": name, "scale": STEPS, **GIVEN, **parts})


def section(name: str, *parts: Any, **more: Any) -> Section:
    """A section."""
    return Section(**{"id": name, "title": name, "parts": parts, **GIVEN, **more})


def tool(*parts: Any, version: str = "1", **more: Any) -> Tool:
    """A tool for a child's case."""
    made = {"id": "extra_tool", "title": "Extra", "subject": "child_case", "version": version}
    return Tool(**{**made, "parts": parts, **GIVEN, **more})


def draft(of: Tool, **parts: Any) -> Audit:
    """A draft made with a tool."""
    pin = ToolPin(id=of.id, version=of.version, fingerprint=of.fingerprint)
    subject = Subject(id="C-1", kind=of.subject)
    return Audit(**{"id": "A-1", "tool": pin, "subject": subject, **parts})


def rebuilt(of: Tool, change: Callable[[Any], Any], **more: Any) -> Tool:
    """A tool with every part put through a change, which gives None to leave it out."""

    def parts(old: tuple[Any, ...]) -> tuple[Any, ...]:
        made = []
        for part in old:
            if isinstance(part, Section):
                part = attrs.evolve(
                    part, parts=parts(part.parts), judgements=parts(part.judgements)
                )
            made.append(change(part))
        return tuple(part for part in made if part is not None)

    return attrs.evolve(of, parts=parts(of.parts), judgements=parts(of.judgements), **more)


# --- what changed ----------------------------------------------------------------------

SEEN, NOTED = question("seen"), question("noted", kind=TEXT, required=NEVER)
OLD = tool(section("risk", SEEN, NOTED, judgements=(judgement("risk"),)), section("plans"))


def changes(old: Any, new: Any) -> list[tuple[str, str, What, bool, bool]]:
    """What changed between two tools, in short."""
    return [
        (each.part, each.id, each.what, each.breaking, each.needs_answer)
        for each in diff(old, new).changes
    ]


def with_seen(**parts: Any) -> Tool:
    """The old tool with its first question another."""
    return rebuilt(OLD, lambda part: attrs.evolve(part, **parts) if part == SEEN else part)


@pytest.mark.parametrize(
    ("parts", "what", "breaking", "needs_answer"),
    [
        ({"prompt": "Seen lately?"}, What.WORDING, False, False),
        ({"hint": "In person."}, What.WORDING, False, False),
        ({"number": "1"}, What.WORDING, False, False),
        ({"kind": PLACE}, What.RETYPED, True, False),
        ({"states": "safe"}, What.STATES, True, False),
        ({"adverse": (False,)}, What.ADVERSE, True, False),
        ({"aspect": Aspect.QUANTITATIVE}, What.REFERENCE, False, False),
        ({"criteria": ("std_1_1",)}, What.REFERENCE, False, False),
        ({"asked": Ref("open", YES_NO).is_(True)}, What.ASKED, True, False),
        ({"required": NEVER}, What.REQUIRED, True, False),
        ({"takes_na": False}, What.NOT_APPLICABLE, True, False),
        ({"weight": Fraction(2)}, What.OTHER, True, False),
        ({"private": True}, What.PRIVATE, False, False),
        ({"source": PAPER.at("2")}, What.REFERENCE, False, False),
    ],
)
def test_each_attribute_is_told_by_itself(
    parts: dict[str, Any], what: What, breaking: bool, needs_answer: bool
) -> None:
    """One attribute changed is one change, breaking or safe."""
    loose = attrs.evolve(OLD, parts=(section("risk", *OLD.parts[0].parts, takes_na=False),))  # type: ignore[union-attr]
    new = rebuilt(loose, lambda part: attrs.evolve(part, **parts) if part == SEEN else part)
    found = changes(loose, new)
    assert found == [("question", "seen", what, breaking, needs_answer)]
    [row] = diff(loose, new).to_rows()
    assert row["what"] == what.value
    assert next(iter(parts)).replace("_", " ") in str(row["words"])


def test_what_becomes_required_needs_an_answer_and_is_safe() -> None:
    """A question no longer optional, and an added one, turn no answer."""
    asked_more = rebuilt(OLD, lambda part: question("noted", kind=TEXT) if part == NOTED else part)
    assert changes(OLD, asked_more) == [("question", "noted", What.REQUIRED, False, True)]
    added = attrs.evolve(OLD, parts=(*OLD.parts, question("new"), question("may", required=NEVER)))
    assert changes(OLD, added) == [
        ("question", "new", What.ADDED, False, True),
        ("question", "may", What.ADDED, False, False),
    ]


def test_parts_are_dropped_moved_and_reordered() -> None:
    """The place of a part counts: an answer counts towards its section's judgement."""
    dropped = rebuilt(OLD, lambda part: None if part == SEEN else part)
    assert changes(OLD, dropped) == [("question", "seen", What.DROPPED, True, False)]
    moved = tool(section("risk", NOTED, judgements=(judgement("risk"),)), section("plans", SEEN))
    assert changes(OLD, moved) == [("question", "seen", What.MOVED, True, False)]
    assert "in plans, before in risk" in str(diff(OLD, moved))
    turned = tool(section("plans"), section("risk", NOTED, SEEN, judgements=(judgement("risk"),)))
    assert changes(OLD, turned) == [
        ("tool", "extra_tool", What.REORDERED, False, False),
        ("section", "risk", What.REORDERED, False, False),
    ]


def test_judgements_sections_and_the_tool_are_compared_too() -> None:
    """Scale, bands, computation, place and the tool's own parts."""
    one = tool(section("risk", SEEN, judgements=(judgement("risk", computed=MEAN),)))

    def other(**parts: Any) -> list[Any]:
        made = judgement("risk", **{"computed": MEAN, **parts})
        return changes(one, tool(section("risk", SEEN, judgements=(made,))))

    assert other(computed=WORST) == [("judgement", "risk", What.COMPUTED, True, False)]
    assert other(scale=STARS) == [("judgement", "risk", What.RETYPED, True, False)]
    assert other(must_justify=True) == [("judgement", "risk", What.REQUIRED, False, False)]
    bands = [Grade("low", "Low", at_least=Fraction(0)), Grade("high", "High", at_least=Fraction(5))]
    banded = attrs.evolve(STEPS, grades=tuple(bands))
    assert other(scale=banded) == [("judgement", "risk", What.RETYPED, True, False)]
    worded = attrs.evolve(STEPS, grades=(Grade("low", "Poor"), Grade("high", "Fine")))
    assert other(scale=worded) == [("judgement", "risk", What.WORDING, False, False)]
    assert other(hints=("Weigh it.",)) == [("judgement", "risk", What.WORDING, False, False)]
    held = tool(section("risk", SEEN, question("more"), judgements=one.parts[0].judgements))  # type: ignore[union-attr]
    assert ("judgement", "risk", What.COMPUTED, True, False) in changes(one, held)
    open_only = section("plans", applies=Ref("open", YES_NO).is_(True))
    assert changes(OLD, attrs.evolve(OLD, parts=(OLD.parts[0], open_only))) == [
        ("section", "plans", What.ASKED, True, False)
    ]
    assert changes(OLD, attrs.evolve(OLD, title="Else", id="else_tool")) == [
        ("tool", "else_tool", What.OTHER, True, False),
        ("tool", "else_tool", What.WORDING, False, False),
    ]


def test_options_may_be_relabelled() -> None:
    """The label of an option is wording; its code is not."""
    one, two = (choice("place", {"home": label}) for label in ("At home", "Home"))
    assert changes(tool(question("q", kind=one)), tool(question("q", kind=two))) == [
        ("question", "q", What.WORDING, False, False)
    ]


def test_every_attribute_of_a_part_is_classified() -> None:
    """Whoever adds one says here whether a change of it breaks; until then it does."""
    plain = {"id", "version", "subject", "based_on", "parts", "judgements", "weight"}
    for part in (Tool, Section, Question, Judgement):
        names = {each.name for each in attrs.fields(part) if each.init}
        assert names - plain <= set(_OF), part


def test_a_changed_tool_under_the_same_version_is_named() -> None:
    """Audits are pinned to a version, so it changes with what they mean."""
    new = with_seen(kind=PLACE)
    assert "'extra_tool' changed and is still version '1'" in unbumped(OLD, new)
    assert "Changed: seen." in unbumped(OLD, new)
    assert unbumped(OLD, attrs.evolve(new, version="2")) == ""
    assert unbumped(OLD, with_seen(prompt="Seen lately?")) == ""


def test_a_diff_reads_in_words_and_as_a_table() -> None:
    """Breaking first, each with what it was."""
    new = attrs.evolve(with_seen(kind=PLACE, prompt="Where?"), version="2")
    found = diff(OLD, new)
    assert str(found) == (
        "extra_tool 1 to extra_tool 2: 1 breaking, 1 safe\n"
        "Breaking:\n"
        "  question seen: answered in another way "
        "(kind: one of home, kin, before: yes or no)\n"
        "Safe:\n"
        "  question seen: worded otherwise (prompt: Where?, before: seen?)"
    )
    assert len(found.table()) == 2
    assert found.breaking
    assert found.safe


# --- tools changed at random -----------------------------------------------------------

RICH = tool(
    section(
        "safety",
        question("safe", takes_na=False),
        section(
            "home",
            question("place", kind=PLACE),
            question("visits", kind=numbers("visits", 0, 5)),
            judgements=(judgement("home"),),
        ),
        judgements=(judgement("safety", scale=WITH_BESIDE, takes_na=False),),
        takes_na=False,
    ),
    section(
        "plans",
        question("level", kind=STEPS.kind),
        question("needs", kind=many("needs", {"sight": "Sight", "sleep": "Sleep"})),
        question("planned", kind=DATE, asked=Ref("place", PLACE).is_("kin")),
        judgements=(judgement("plans"), judgement("pace", computed=WORST)),
    ),
    question("notes", kind=TEXT, required=NEVER),
    judgements=(judgement("overall", same_as="level"), judgement("trend", scale=STARS)),
)


def drafts(of: Tool) -> st.SearchStrategy[Audit]:
    """Random audits that nobody has handed in."""
    return audits(FRAMEWORK, of).map(lambda audit: attrs.evolve(audit, completed=None))


_EDITS = ("drop", "rename", "retype", "relax", "reword", "optional")


def edited(part: Any, edit: str) -> Any:
    """A question or judgement changed in one way."""
    match edit:
        case "drop":
            return None
        case "rename":
            return attrs.evolve(part, id=f"{part.id}_now")
        case "retype" if isinstance(part, Question):
            return attrs.evolve(part, kind=STARS.kind)
        case "retype":
            return attrs.evolve(part, scale=STARS, same_as="")
        case "optional" if isinstance(part, Question):
            return attrs.evolve(part, required=NEVER)
        case "reword" if isinstance(part, Question):
            return attrs.evolve(part, prompt="Otherwise?")
        case "relax":
            return attrs.evolve(part, takes_na=not part.takes_na)
    return part


@st.composite
def migrations(draw: st.DrawFn, of: Tool) -> Migration:
    """A tool changed here and there, and the migration to it."""
    placed = {each.item.id: each for each in (*of.questions, *of.judged)}
    loose = {id for id, each in placed.items() if any(part.takes_na for part in each.sections)}
    fixed = {getattr(each.item, "same_as", "") for each in placed.values()}
    some = st.lists(st.sampled_from(sorted(placed.keys() - fixed)), unique=True)
    edits = {id: draw(st.sampled_from(_EDITS)) for id in draw(some)}
    tight = draw(st.lists(st.sampled_from([each.id for each in of.sections])))

    def change(part: Any) -> Any:
        if isinstance(part, Section):
            return attrs.evolve(part, takes_na=part.takes_na and part.id not in tight)
        edit = edits.get(part.id, "")
        return part if edit == "relax" and part.id in loose else edited(part, edit)

    return Migration(
        of=of,
        to=rebuilt(of, change, version="2"),
        renamed={id: f"{id}_now" for id, edit in edits.items() if edit == "rename"},
        dropped=tuple(id for id, edit in edits.items() if edit == "drop"),
        scale_maps=draw(st.sampled_from([(), (STEPS_ON_STARS,)])),
    )


@given(migrations(RICH))
def test_a_diff_has_a_direction(migration: Migration) -> None:
    """Turned round, what was added is dropped, and the same parts differ."""
    there, back = diff(migration.of, migration.to), diff(migration.to, migration.of)
    turned = {What.ADDED: What.DROPPED, What.DROPPED: What.ADDED}
    assert sorted((each.part, each.id, each.what.value) for each in there.changes) == sorted(
        (each.part, each.id, turned.get(each.what, each.what).value) for each in back.changes
    )


@given(migrations(RICH))
def test_a_fingerprint_changes_with_what_gives_answers_their_meaning(migration: Migration) -> None:
    """It is the same exactly where nothing but wording and references changed."""
    found = {each.what for each in diff(migration.of, migration.to).changes}
    same = migration.of.fingerprint == migration.to.fingerprint
    assert same is (found <= {What.WORDING, What.REFERENCE})


@pytest.mark.parametrize("one", FRAMEWORK.tools, ids=lambda each: each.id)
def test_a_tool_does_not_differ_from_itself(one: Tool) -> None:
    """Nor is a new version called for."""
    assert diff(one, one).changes == ()
    assert unbumped(one, one) == ""


# --- drafts ----------------------------------------------------------------------------


def entries(audit: Audit) -> dict[str, Any]:
    """Everything in an audit that a migration passes on, by path."""
    found: dict[str, Any] = {}
    for at, part in (("", audit), *((f"returns[{n}].", r) for n, r in enumerate(audit.returns))):
        for group in ("answers", "judgements", "sections"):
            values = getattr(part, group, {})
            found |= {f"{at}{group}.{id}": value for id, value in values.items()}
    for group in ("actions", "explanations", "tags"):
        found |= {f"{group}[{n}]": value for n, value in enumerate(getattr(audit, group))}
    return found


def restored(before: Audit, made: Migrated) -> dict[str, Any]:
    """What the draft held, put together again from what became of it."""
    now, aside = entries(made.audit), made.set_aside
    left = {group: iter(getattr(made.audit, group)) for group in ("explanations", "tags")}
    found: dict[str, Any] = {}
    for path, was in entries(before).items():
        group = path.split("[")[0]
        if path in aside:
            found[path] = aside[path]
        elif group in left:
            found[path] = attrs.evolve(next(left[group]), about=was.about)
        elif group == "actions":
            section = aside.get(f"{path}.section", was.section)
            found[path] = attrs.evolve(now[path], section=section)
        else:
            value = now[
                path.rpartition(".")[0] + "." + made.moved.get(path, path.rpartition(".")[2])
            ]
            if isinstance(value, Judged):
                grade = aside.get(f"{path}.grade", made.regraded.get(path, value.grade))
                reason = aside.get(f"{path}.not_applicable", value.not_applicable)
                value = attrs.evolve(value, grade=grade, not_applicable=reason)
            found[path] = value if isinstance(was, Judged) else made.regraded.get(path, value)
    return found


@given(drafts(RICH), migrations(RICH))
def test_nothing_is_lost(audit: Audit, migration: Migration) -> None:
    """Kept, moved and set aside make up the whole draft, each entry once."""
    made = migrate(audit, migration)
    held = entries(audit)
    parted = [*made.kept, *made.moved, *(path for path in made.set_aside if path in held)]
    assert sorted(parted) == sorted(held)
    assert restored(audit, made) == held
    assert made.audit.tool == draft(migration.to).tool
    for name in ("id", "subject", "audited", "participants", "expected", "moderates", "parent"):
        assert getattr(made.audit, name) == getattr(audit, name)


@given(drafts(RICH), migrations(RICH))
def test_what_arrives_fits_the_new_tool(audit: Audit, migration: Migration) -> None:
    """Every answer is one of its question's kind, and nothing is under an unknown id."""
    made = migrate(audit, migration)
    items = {placed.item.id: placed.item for placed in migration.to.questions}
    for answers in (made.audit.answers, *(each.answers for each in made.audit.returns)):
        for id, value in answers.items():
            assert isinstance(value, NotApplicable) or items[id].ref.kind.admits(value)
    grades = {placed.item.id: placed.item for placed in migration.to.judged}
    for id, judged in made.audit.judgements.items():
        assert not judged.grade or grades[id].ref.kind.admits(judged.grade)
    assert {action.section for action in made.audit.actions} <= set(migration.to.action_targets)
    for path in made.needs_answer:
        value = made.audit.answers.get(path.split(".")[1], NotApplicable(""))
        assert isinstance(value, NotApplicable)


@pytest.mark.parametrize("one", [RICH, *FRAMEWORK.tools], ids=lambda each: each.id)
@settings(max_examples=20)
@given(st.data())
def test_migrating_to_the_same_tool_keeps_everything(one: Tool, data: st.DataObject) -> None:
    """The draft comes out as it went in."""
    audit = data.draw(drafts(one))
    made = migrate(audit, Migration(of=one, to=one))
    assert made.audit == audit
    assert sorted(made.kept) == sorted(entries(audit))
    assert not made.moved
    assert not made.set_aside
    assert not made.regraded
    assert made.needs_answer == ()


@settings(max_examples=50)
@given(audits(FRAMEWORK, RICH), st.dates())
def test_a_completed_audit_never_passes(audit: Audit, day: date) -> None:
    """It keeps its meaning; the refusal repeats nothing of it."""
    with pytest.raises(InputError) as caught:
        migrate(attrs.evolve(audit, completed=day), Migration(of=RICH, to=RICH))
    assert [fault.path for fault in caught.value.faults] == ["completed"]
    assert str(day) not in str(caught.value)


@pytest.mark.parametrize(
    "pin",
    [
        ToolPin(id=MARK, version="1"),
        ToolPin(id="extra_tool", version=MARK),
        ToolPin(id="extra_tool", version="1", fingerprint=MARK),
    ],
)
def test_an_audit_of_another_tool_is_refused(pin: ToolPin) -> None:
    """Id, version and fingerprint are those the migration starts from."""
    with pytest.raises(InputError) as caught:
        migrate(draft(OLD, tool=pin), Migration(of=OLD, to=OLD))
    assert [fault.path for fault in caught.value.faults] == ["tool"]
    assert MARK not in str(caught.value)


def test_a_pin_without_a_fingerprint_is_filled_in() -> None:
    """As it is on reading."""
    audit = draft(OLD, tool=ToolPin(id="extra_tool", version="1"))
    assert migrate(audit, Migration(of=OLD, to=OLD)).audit.tool.fingerprint == OLD.fingerprint


def migrated(old: Tool, new: Tool, how: Mapping[str, Any] | None = None, **parts: Any) -> Migrated:
    """A draft of these parts, passed from one tool to another."""
    return migrate(draft(old, **parts), Migration(of=old, to=new, **(how or {})))


def test_answers_follow_their_question() -> None:
    """Renamed, they move; dropped, they are set aside; explanations and tags go with them."""
    old = tool(question("one"), question("two"), question("three"))
    new = tool(question("one"), question("second"), version="2")
    made = migrated(
        old,
        new,
        {"renamed": {"two": "second"}, "dropped": ("three",)},
        answers={"one": True, "two": False, "three": True},
        explanations=(
            Explanation(rule="a.b", about="two", text=MARK),
            Explanation(rule="a.b", about="three", text=MARK),
            Explanation(rule="a.b", about="1", text=MARK),
        ),
        tags=(Tag(theme="late", about="two"), Tag(theme="late", about="three"), Tag(theme="late")),
        returns=(Return(party="worker", answers={"two": True, "three": False}),),
    )
    assert dict(made.audit.answers) == {"one": True, "second": False}
    assert dict(made.moved) == {
        "answers.two": "second",
        "explanations[0]": "second",
        "tags[0]": "second",
        "returns[0].answers.two": "second",
    }
    assert set(made.set_aside) == {
        *("answers.three", "explanations[1]", "tags[1]", "returns[0].answers.three"),
    }
    assert made.set_aside["answers.three"] is True
    assert [each.about for each in made.audit.explanations] == ["second", "1"]
    assert [each.about for each in made.audit.tags] == ["second", ""]
    assert dict(made.audit.returns[0].answers) == {"second": True}


@pytest.mark.parametrize("kind", [TEXT, choice("place", {"home": "", "kin": "", "care": ""})])
def test_a_question_answered_in_another_way_is_answered_anew(kind: Any) -> None:
    """No answer is taken for one of another kind, not even where the code is the same."""
    made = migrated(
        tool(question("place", kind=PLACE)),
        tool(question("place", kind=kind), version="2"),
        answers={"place": "home"},
    )
    assert dict(made.set_aside) == {"answers.place": "home"}
    assert made.needs_answer == ("answers.place",)


def test_a_number_is_no_grade_and_stays_aside() -> None:
    """Ranges count as part of a kind."""
    old, new = (question("score", kind=numbers("score", 0, top)) for top in (5, 10))
    made = migrated(tool(old), tool(new, version="2"), answers={"score": Fraction(3)})
    assert dict(made.set_aside) == {"answers.score": Fraction(3)}


def test_not_applicable_stays_where_it_is_still_taken() -> None:
    """A reason is of no kind; where none is taken any longer it is set aside."""
    old = tool(question("one"), question("two"))
    new = tool(question("one", kind=TEXT), question("two", takes_na=False), version="2")
    reason = NotApplicable("lives at home")
    made = migrated(old, new, answers={"one": reason, "two": reason})
    assert dict(made.audit.answers) == {"one": reason}
    assert dict(made.set_aside) == {"answers.two": reason}
    assert made.needs_answer == ("answers.two",)


def test_a_reason_does_not_come_to_settle_what_it_did_not() -> None:
    """Where not applicable was no answer and becomes one, a person says it anew."""
    old = tool(question("one", takes_na=False), question("two", takes_na=False))
    new = tool(question("one"), question("two", takes_na=False), version="2")
    reason = NotApplicable("lives at home")
    made = migrated(old, new, answers={"one": reason, "two": reason})
    assert dict(made.audit.answers) == {"two": reason}
    assert dict(made.set_aside) == {"answers.one": reason}


JUDGED = {
    "risk": Judged(grade="high", analysis=MARK),
    "plans": Judged(grade="low"),
    "other_plans": Judged(analysis=MARK),
}


def graded(scale: Scale, version: str = "1", **more: Any) -> Tool:
    """A tool with three judgements on a scale."""
    made = [judgement(id, scale=scale, **more) for id in JUDGED]
    return tool(question("q"), judgements=tuple(made), version=version)


def test_grades_pass_through_a_declared_map_alone() -> None:
    """Without one the text stays and the grade is set aside; with one it is read and kept."""
    old, new = graded(STEPS), graded(STARS, "2")
    made = migrated(old, new, judgements=JUDGED)
    assert dict(made.audit.judgements) == {
        "risk": Judged(analysis=MARK),
        "other_plans": JUDGED["other_plans"],
    }
    assert dict(made.set_aside) == {
        "judgements.risk.grade": "high",
        "judgements.plans": JUDGED["plans"],
    }
    assert made.needs_answer == ("judgements.risk", "judgements.plans")
    made = migrated(old, new, {"scale_maps": (STEPS_ON_STARS,)}, judgements=JUDGED)
    assert [each.grade for each in made.audit.judgements.values()] == ["three", "one", ""]
    assert dict(made.regraded) == {"judgements.risk": "high", "judgements.plans": "low"}
    assert not made.set_aside
    assert made.needs_answer == ()


def test_an_answer_beside_the_order_has_no_grade_to_become() -> None:
    """A map names grades only."""
    made = migrated(
        graded(WITH_BESIDE),
        graded(STARS, "2"),
        {"scale_maps": (UNCLEAR_ON_STARS,)},
        judgements={"risk": Judged(grade="unclear")},
    )
    assert dict(made.set_aside) == {"judgements.risk": Judged(grade="unclear")}


def test_a_question_answered_with_a_grade_passes_through_a_map_too() -> None:
    """Its kind is the scale's."""
    old = tool(question("level", kind=STEPS.kind))
    new = tool(question("level", kind=STARS.kind), version="2")
    made = migrated(old, new, {"scale_maps": (STEPS_ON_STARS,)}, answers={"level": "low"})
    assert dict(made.audit.answers) == {"level": "one"}
    assert dict(made.regraded) == {"answers.level": "low"}
    assert made.kept == ("answers.level",)


def test_a_grade_that_nobody_gives_any_longer_is_set_aside() -> None:
    """A computed judgement keeps its text only."""
    made = migrated(graded(STEPS), graded(STEPS, "2", computed=MEAN), judgements=JUDGED)
    assert made.set_aside["judgements.risk.grade"] == "high"
    assert made.needs_answer == ()


def test_a_reason_that_is_no_longer_taken_is_set_aside() -> None:
    """The text beside it stays."""
    judged = Judged(analysis=MARK, not_applicable=NotApplicable("none"))
    made = migrated(graded(STEPS), graded(STEPS, "2", takes_na=False), judgements={"risk": judged})
    assert dict(made.audit.judgements) == {"risk": Judged(analysis=MARK)}
    assert dict(made.set_aside) == {"judgements.risk.not_applicable": NotApplicable("none")}


def test_actions_of_a_section_that_is_gone_are_kept() -> None:
    """They are aimed at none; those of a renamed section follow it."""
    old = tool(
        section("risk", judgements=(judgement("risk"),)),
        section("plans", judgements=(judgement("plans"),)),
        section("reviews", judgements=(judgement("reviews"),)),
    )
    new = tool(
        section("plans", judgements=(judgement("plans"),)),
        section("safety", judgements=(judgement("safety"),)),
        version="2",
    )
    actions = tuple(
        Action(section=name, action=MARK) for name in ("risk", "plans", "reviews", "other")
    )
    how = {"renamed": {"risk": "safety"}, "dropped": ("reviews",)}
    made = migrated(old, new, how, actions=actions)
    assert [each.section for each in made.audit.actions] == ["safety", "plans", "other", "other"]
    assert {each.action for each in made.audit.actions} == {MARK}
    assert dict(made.moved) == {"actions[0]": "safety", "actions[2]": "other"}
    assert dict(made.set_aside) == {"actions[2].section": "reviews"}


def test_setting_a_section_aside_never_hides_what_moved_into_it() -> None:
    """The reason given then did not speak of it."""
    reason = NotApplicable("no placement")
    apart = tool(section("placement", question("visited")), question("harmed"))
    within = tool(section("placement", question("visited"), question("harmed")), version="2")
    made = migrated(apart, within, answers={"harmed": True}, sections={"placement": reason})
    assert dict(made.set_aside) == {"sections.placement": reason}
    assert made.needs_answer == ("answers.visited",)
    grown = tool(
        section("placement", question("visited"), question("new")), question("harmed"), version="2"
    )
    made = migrated(apart, grown, sections={"placement": reason})
    assert dict(made.audit.sections) == {"placement": reason}
    assert made.needs_answer == ()
    made = migrated(within, attrs.evolve(apart, version="3"), sections={"placement": reason})
    assert made.kept == ("sections.placement",)
    assert made.needs_answer == ("answers.harmed",)


def test_a_judgement_that_comes_to_speak_for_a_section_hides_nothing() -> None:
    """A section's only judgement sets it aside; beside a second one it did not."""
    two = tool(section("risk", SEEN, judgements=(judgement("risk"), judgement("pace"))))
    one = tool(section("risk", SEEN, judgements=(judgement("risk"),)), version="2")
    judged = {"risk": Judged(not_applicable=NotApplicable("none"))}
    made = migrated(two, one, {"dropped": ("pace",)}, answers={"seen": False}, judgements=judged)
    assert dict(made.audit.answers) == {"seen": False}
    assert set(made.set_aside) == {"judgements.risk"}
    made = migrated(one, attrs.evolve(one, version="3"), judgements=judged)
    assert not made.set_aside


def test_a_section_that_may_no_longer_be_set_aside_opens() -> None:
    """What it holds is to be answered."""
    old = tool(section("risk", SEEN))
    new = tool(section("risk", SEEN, takes_na=False), version="2")
    made = migrated(old, new, sections={"risk": NotApplicable("none")})
    assert set(made.set_aside) == {"sections.risk"}
    assert made.needs_answer == ("answers.seen",)


def test_a_section_and_its_judgement_part_under_one_id() -> None:
    """Each goes where there is one of its sort."""
    old = tool(section("risk", SEEN, judgements=(judgement("risk"),)))
    new = tool(section("risk", SEEN, judgements=(judgement("risk_grade"),)), version="2")
    made = migrated(
        old,
        new,
        {"renamed": {"risk": "risk_grade"}},
        judgements={"risk": Judged(grade="low")},
        actions=(Action(section="risk", action="Act."),),
        explanations=(Explanation(rule="a.b", about="risk", text=""),),
        tags=(Tag(theme="late", about="risk"),),
    )
    assert dict(made.audit.judgements) == {"risk_grade": Judged(grade="low")}
    assert made.audit.actions[0].section == "risk"
    assert made.audit.explanations[0].about == "risk_grade"
    assert made.audit.tags[0].about == "risk"


def test_what_the_tool_never_had_is_set_aside() -> None:
    """An audit built by hand may hold anything; nothing of it is shown."""
    made = migrated(
        OLD,
        attrs.evolve(OLD, version="2"),
        answers={MARK: True, "seen": "no answer to it"},
        judgements={MARK: Judged()},
        sections={MARK: NotApplicable("")},
        actions=(Action(section=MARK, action="Act."),),
    )
    assert set(made.set_aside) == {
        *(f"answers.{MARK}", "answers.seen", f"judgements.{MARK}", f"sections.{MARK}"),
        "actions[0].section",
    }
    assert MARK not in repr(made) + str(made)


def test_the_migrated_draft_shows_nothing_personal() -> None:
    """Neither in its repr nor in words."""
    made = migrated(
        graded(STEPS),
        graded(STARS, "2"),
        judgements=JUDGED,
        answers={"q": NotApplicable(MARK)},
        actions=(Action(section="other", action=MARK, owner=MARK),),
    )
    assert MARK not in repr(made) + str(made) + repr(made.set_aside)
    assert "4 kept, 0 moved, 2 set aside" in str(made)
    assert "judgements.risk, judgements.plans" in str(made)


def test_a_migrated_draft_reads_back_with_a_framework_of_both_versions() -> None:
    """The new version is read and reviewed like any other."""
    new = rebuilt(
        CASE_FILE,
        lambda part: attrs.evolve(part, prompt="Otherwise?") if part.id == "risk_managed" else part,
        version="2099.1",
    )
    new = attrs.evolve(new, parts=(*new.parts, question("extra_question")))
    both = Framework.of(attrs.evolve(READING_2016, tools=(*READING_2016.tools, new)))
    audit = draft(CASE_FILE, answers={"risk_managed": True, "safe": "unsafe"})
    made = migrate(audit, Migration(of=CASE_FILE, to=new))
    assert read_audit(write_audit(made.audit), both) == made.audit
    assert both.review(made.audit, on=DAY).escalations
    assert made.needs_answer == ("answers.extra_question",)


# --- maps that do not hold ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (
            {},
            "The question 'noted' has no place: rename it or drop it by name. Did you mean 'notes'?",
        ),
        ({"dropped": ("note",)}, "'extra_tool' has no 'note'. Did you mean 'noted'?"),
        ({"renamed": {"note": "notes"}}, "'extra_tool' has no 'note'. Did you mean 'noted'?"),
        ({"renamed": {"noted": "note"}}, "no new question. Did you mean 'notes'?"),
        ({"renamed": {"noted": "risk"}}, "'noted' is renamed 'risk', which is no new question."),
        ({"renamed": {"noted": "seen"}}, "Both 'seen' and 'noted' become the question 'seen'."),
        ({"dropped": ("seen", "noted")}, "'seen' is dropped and has a place"),
        ({"renamed": {"noted": "notes"}, "dropped": ("noted",)}, "is dropped and has a place"),
    ],
)
def test_a_map_with_a_gap_is_refused(how: dict[str, Any], said: str) -> None:
    """Every old id has one place or none, and that is said."""
    new = rebuilt(
        OLD,
        lambda part: question("notes", kind=TEXT) if part == NOTED else part,
        version="2",
    )
    with pytest.raises(DefinitionError) as caught:
        Migration(of=OLD, to=new, **how)
    assert said in str(caught.value)
    assert "<Migration extra_tool 1 to extra_tool 2> cannot be made." in str(caught.value)


def test_a_migration_stays_with_its_kind_of_subject() -> None:
    """An audit of a child's case is none of a supervision."""
    with pytest.raises(DefinitionError, match="They are for child_case and for supervision"):
        Migration(of=OLD, to=attrs.evolve(OLD, subject="supervision"))
