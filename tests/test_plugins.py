"""Plugins: each apart from the rest, named when wrong, adding and never taking away."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from qaf_core import (
    READING_2016,
    Addition,
    DefinitionError,
    Document,
    Framework,
    Rule,
    Standing,
    Tool,
    hookimpl,
    load_framework,
    read_audit,
)
from qaf_core.errors import PluginErrorGroup
from qaf_core.facts import SAFETY, Derivation, Fact, Origin, audited, judgements, safe
from qaf_core.hookspecs import GROUP
from qaf_core.logic import DATE, MAX_DEPTH, NEVER, TEXT, YES_NO, Cond, Ref, choice
from qaf_core.roles import TEAM_MANAGER, Role
from qaf_core.rules import Commission, Escalate, Query
from qaf_core.scales import GRADES, Grade, Scale
from qaf_core.settings import ESCALATE_UNSAFE, SETTINGS
from qaf_core.subjects import CHILD_CASE, SubjectKind
from qaf_core.testing import check_plugin
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit
from qaf_core.tools import SHARE, WORST, Computed, Judgement, Question, Section, variant

DAY = date(2016, 3, 1)
PAPER = Document(id="Paper", title="A paper", publisher="A service", dated="2016")
GIVEN: dict[str, Any] = {"source": PAPER.at("1"), "standing": Standing.EDITORIAL}
CASE_FILE = Framework.of(READING_2016).tool("case_file")


def question(name: str, **parts: Any) -> Question:
    """A yes/no question."""
    return Question(**{"id": name, "prompt": f"{name}?", "kind": YES_NO, **GIVEN, **parts})


def tool(*parts: Any, **more: Any) -> Tool:
    """A tool for a child's case."""
    made = {"id": "extra_tool", "version": "1", "title": "Extra", "subject": "child_case"}
    return Tool(**{**made, "parts": parts, **GIVEN, **more})


def overall(**parts: Any) -> Judgement:
    """An overall judgement as the base has it."""
    made = {"id": "overall", "title": "Overall", "scale": GRADES, "takes_na": False}
    return Judgement(**{**made, **GIVEN, **parts})


def safe_question(**parts: Any) -> Question:
    """A question that states the base's fact of safety."""
    return question("extra_safe", **{"kind": SAFETY, "states": "safe", "takes_na": False, **parts})


def rule(when: Cond, *then: Any, id: str = "extra.rule", **parts: Any) -> Rule:
    """A rule with a query, unless something else follows."""
    return Rule(id, "A rule.", when=when, then=then or (Query(ask="?"),), **GIVEN, **parts)


def addition(**parts: Any) -> Addition:
    """An addition of these parts."""
    return Addition(**{"id": "extra", "version": "1", **parts})


def variant_of(core: Framework, **parts: Any) -> Tool:
    """A variant of the case file audit."""
    made: dict[str, Any] = {"id": "extra_tool", "version": "1", "title": "Extra"}
    return variant(core.tool("case_file"), because="a service needs it", **made, **GIVEN, **parts)


def plugin(make: Callable[[Framework], Any], name: str = "extra_plugin") -> ModuleType:
    """A plugin module whose hook returns this."""
    module = ModuleType(name)

    @hookimpl
    def qaf_addition(core: Framework) -> Any:
        return make(core)

    module.qaf_addition = qaf_addition  # type: ignore[attr-defined]
    return module


def refusal(*plugins: Any) -> str:
    """What is said of plugins that cannot be used; nothing of them is registered."""
    with pytest.raises(PluginErrorGroup) as caught:
        load_framework(plugins=plugins)
    lenient = load_framework(plugins=plugins, strict=False)
    assert [str(fault) for fault in lenient.faults] == [
        str(each) for each in caught.value.exceptions
    ]
    assert escalates(lenient)
    return str(caught.value)


def escalates(framework: Framework) -> bool:
    """Whether an unsafe child in the base's own tool is escalated to both managers."""
    audit = read_audit(
        {
            "tool": {"id": "case_file", "version": "2016.1"},
            "id": "A-1",
            "subject": {"id": "C-1", "kind": "child_case"},
            "answers": {"safe": "unsafe"},
        },
        framework,
    )
    [call] = framework.review(audit, on=DAY).escalations
    return [role.id for role in call.to] == ["team_manager", "service_manager"]


def test_a_plugin_adds_its_tool_and_its_rules() -> None:
    """One hook, one value; the base is there as before."""
    added = addition(tools=(tool(question("extra_question")),))
    framework = load_framework(plugins=[plugin(lambda core: added)])
    assert framework.tool("extra_tool").title == "Extra"
    assert framework.rules == READING_2016.rules
    assert framework.faults == ()
    assert framework.name == "reading 2016.1 + extra 1"
    assert escalates(framework)


def test_a_hook_may_leave_out_its_argument() -> None:
    """Fewer arguments are allowed, so that the hook may grow."""

    class Plugin:
        @hookimpl
        def qaf_addition(self) -> Addition:
            return addition()

    assert [each.id for each in load_framework(plugins=[Plugin()]).additions] == ["extra"]


def test_an_addition_may_be_given_as_it_is() -> None:
    """Explicit registration works without entry points, and without a hook."""
    assert load_framework(plugins=[addition()]).additions == (addition(),)
    assert Framework.of(READING_2016, addition()).additions == (addition(),)


def test_two_frameworks_live_side_by_side() -> None:
    """Nothing is global: what one has, the other need not have."""
    one = load_framework(plugins=[addition(tools=(tool(question("extra_question")),))])
    two = load_framework(plugins=[])
    assert len(one.tools) == len(two.tools) + 1


def test_entry_points_are_loaded_one_by_one_in_name_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that cannot be imported is named, and hides none of the others."""
    good = plugin(lambda core: addition(id="good"), "qaf_good_plugin")
    monkeypatch.setitem(sys.modules, "qaf_good_plugin", good)
    entries = [
        EntryPoint("zeta", "qaf_good_plugin", GROUP),
        EntryPoint("alpha", "qaf_no_such_plugin", GROUP),
    ]
    monkeypatch.setattr("qaf_core.plugins.entry_points", lambda group: entries)
    framework = load_framework(strict=False)
    assert [each.id for each in framework.additions] == ["good"]
    [fault] = framework.faults
    assert fault.plugin == "alpha"
    assert "cannot be imported (ModuleNotFoundError" in str(fault)
    assert "uninstall" in str(fault)


def test_a_plugin_that_cannot_be_imported_is_told_the_line_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The author's line, and not that of the library which refused it."""
    (tmp_path / "qaf_slip").mkdir()
    text = "from qaf_core.facts import safe\n\nsafe.is_('unsaef')\n"
    (tmp_path / "qaf_slip" / "__init__.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    entries = [EntryPoint("slip", "qaf_slip", GROUP), EntryPoint("none", "qaf_none", GROUP)]
    monkeypatch.setattr("qaf_core.plugins.entry_points", lambda group: entries)
    none, slip = load_framework(strict=False).faults
    assert slip.reasons[0].startswith("It cannot be imported (DefinitionError: 'unsaef' is not")
    assert slip.reasons[0].endswith(", at qaf_slip/__init__.py, line 3). Mend or uninstall it.")
    assert ", at " not in none.reasons[0]


def raising(error: BaseException) -> Callable[[Framework], Any]:
    """A hook that raises."""

    def hook(core: Framework) -> Any:
        raise error

    return hook


def nested(depth: int) -> Cond:
    """A condition nested as deep as this."""
    cond: Cond = safe.is_("safe")
    for level in range(depth):
        cond = (cond & safe.is_("unsafe")) if level % 2 else (cond | safe.is_("unsafe"))
    return cond


class Evil(Cond):
    """A condition of a stranger's making."""

    __slots__ = ()
    depth = 1


def misspelt() -> ModuleType:
    """A plugin whose hook has a name that nobody calls."""
    module = ModuleType("misspelt")

    @hookimpl
    def qaf_adition(core: Framework) -> Addition:
        return addition()

    module.qaf_adition = qaf_adition  # type: ignore[attr-defined]
    return module


def curious() -> ModuleType:
    """A plugin whose hook asks for more than there is."""
    module = ModuleType("curious")

    @hookimpl
    def qaf_addition(core: Framework, clock: Any) -> Addition:
        return addition()

    module.qaf_addition = qaf_addition  # type: ignore[attr-defined]
    return module


UNKNOWN_ROLE = Role(id="wizard", title="Wizard", **GIVEN)
OTHER_SCALE = Scale(id="other", title="Other", grades=(Grade("bad", "Bad"),), **GIVEN)
NEVER_UNSAFE = choice("safety", {"safe": "Safe"})

WRONG: dict[str, tuple[Any, str]] = {
    "raises": (plugin(raising(ValueError("no"))), "Its hook raised ValueError: no"),
    "exits": (plugin(raising(SystemExit(3))), "Its hook raised SystemExit"),
    "recurses": (plugin(raising(RecursionError("deep"))), "Its hook raised RecursionError"),
    "misspells the hook": (misspelt(), "unknown hook 'qaf_adition'"),
    "asks for an unknown argument": (curious(), "'clock'"),
    "has no hook": (ModuleType("empty"), "It has no hook"),
    "returns the wrong type": (plugin(lambda core: {"id": "extra"}), "other than one Addition"),
    "returns nothing": (plugin(lambda core: None), "other than one Addition"),
    "repeats an id": (
        addition(rules=(rule(safe.is_("safe")), rule(safe.is_("unsafe")))),
        "has the rule 'extra.rule' 2 times",
    ),
    "takes the id of a rule": (
        addition(rules=(rule(NEVER, id="escalation.unsafe"),)),
        "The rule 'escalation.unsafe' is reading's",
    ),
    "takes the id of a tool": (
        addition(tools=(attrs.evolve(CASE_FILE, version="9"),)),
        "The tool 'case_file' is reading's",
    ),
    "takes the id of a role": (addition(roles=(TEAM_MANAGER,)), "The role 'team_manager' is"),
    "takes the id of the base": (addition(id="reading"), "is there already"),
    "redefines safety as never unsafe": (
        addition(
            facts=(Fact(id="safe", kind=NEVER_UNSAFE, label="safe", origin=Origin.ANSWER, **GIVEN),)
        ),
        "The fact 'safe' is reading's",
    ),
    "derives safety": (
        addition(
            facts=(
                Fact(
                    id="safe",
                    kind=SAFETY,
                    label="safe",
                    origin=Origin.DERIVED,
                    derivation=Derivation(version="1", rests_on=(), function=lambda: "safe"),
                    **GIVEN,
                ),
            )
        ),
        "The fact 'safe' is reading's",
    ),
    "names an unknown fact": (
        addition(rules=(rule(Ref("saef", SAFETY).is_("unsafe")),)),
        "names the fact 'saef', which nothing states. Did you mean 'safe'?",
    ),
    "takes a fact for another type": (
        addition(rules=(rule(Ref("safe", YES_NO).is_(True)),)),
        "takes 'safe' for yes_no; it is stated as safety",
    ),
    "names an unknown field": (
        addition(rules=(rule(Ref("grad", YES_NO, "judgements").is_(True), each=judgements),)),
        "names judgements.grad, which is not known",
    ),
    "names an unknown question in a condition": (
        addition(tools=(tool(question("extra_a", asked=Ref("extra_b", YES_NO).is_(True))),)),
        "names the fact 'extra_b', which nothing states",
    ),
    "names an unknown criterion": (
        addition(tools=(tool(question("extra_a", criteria=("std_99",))),)),
        "names the criterion 'std_99', which is not known",
    ),
    "names an unknown scale": (
        addition(
            tools=(
                tool(judgements=(Judgement(id="extra_j", title="J", scale=OTHER_SCALE, **GIVEN),)),
            )
        ),
        "names the scale 'other', which is not known",
    ),
    "names an unknown role": (
        addition(rules=(rule(safe.is_("safe"), Escalate(to=(UNKNOWN_ROLE,), within=AT_ONCE)),)),
        "names the role 'wizard', which is not known",
    ),
    "names an unknown subject": (
        addition(tools=(tool(question("extra_a"), subject="dragon"),)),
        "names the kind of subject 'dragon', which is not known",
    ),
    "commissions an unknown tool": (
        addition(rules=(rule(safe.is_("safe"), Commission(tool="case_fil")),)),
        "commissions 'case_fil', which is not known. Did you mean 'case_file'?",
    ),
    "counts from no date": (
        addition(
            rules=(
                rule(
                    safe.is_("safe"),
                    Escalate(
                        to=(TEAM_MANAGER,),
                        within=Deadline(span=Span(1, Unit.DAYS), after="recieved"),
                    ),
                ),
            )
        ),
        "counts from 'recieved', which is no date that is known",
    ),
    "states a shared fact with the wrong type": (
        addition(tools=(tool(safe_question(kind=YES_NO)),)),
        "states 'safe' as yes_no, which elsewhere is safety",
    ),
    "states safety without unsafe": (
        addition(tools=(tool(safe_question(kind=NEVER_UNSAFE)),)),
        "states 'safe' as safety, which elsewhere is safety with other answers",
    ),
    "lets safety be not applicable": (
        addition(tools=(tool(safe_question(takes_na=True)),)),
        "states 'safe', which always applies",
    ),
    "states a fact of the host": (
        addition(tools=(tool(question("case_opened", kind=DATE)),)),
        "states 'case_opened', which comes from the host's record",
    ),
    "states overall on another scale": (
        addition(
            scales=(OTHER_SCALE,),
            tools=(tool(judgements=(overall(scale=OTHER_SCALE),)),),
        ),
        "states 'overall' as grade.other",
    ),
    "sets a setting": (addition(settings=SETTINGS[:1]), "Only the base has settings"),
    "makes up a setting": (
        addition(
            rules=(
                rule(
                    safe.is_("safe"),
                    Escalate(to=(TEAM_MANAGER,), within=attrs.evolve(ESCALATE_UNSAFE, id="mine")),
                ),
            )
        ),
        "rests on the setting 'mine', which is not the base's",
    ),
    "was written for another base": (
        addition(requires="reading >= 2017"),
        "It was written for reading >= 2017, and reading is 2016.1",
    ),
    "was written for another council": (
        addition(requires="elsewhere >= 1"),
        "It was written for elsewhere >= 1, and elsewhere is not here",
    ),
    "was written for another library": (
        addition(requires="qaf-core >= 99"),
        "It was written for qaf-core >= 99",
    ),
    "has requirements nobody can read": (
        addition(requires="the latest"),
        "'the latest' is no requirement",
    ),
    "asks in a circle": (
        addition(
            tools=(
                tool(
                    question("extra_a", asked=Ref("extra_b", YES_NO).is_(True)),
                    question("extra_b", asked=Ref("extra_a", YES_NO).is_(True)),
                ),
            )
        ),
        "rests on itself",
    ),
    "computes the overall grade": (
        addition(
            tools=(
                tool(
                    judgements=(
                        overall(
                            computed=Computed(id="rosy", version="1", function=lambda _: "good")
                        ),
                    )
                ),
            )
        ),
        "computes 'overall', on which the base's safety rests",
    ),
    "makes a condition of its own": (addition(rules=(rule(Evil()),)), "Evil"),
    "nests past the limit": (
        plugin(lambda core: addition(rules=(rule(nested(MAX_DEPTH + 5)),))),
        f"nests more than {MAX_DEPTH} deep",
    ),
    "drops the question of safety": (
        plugin(lambda core: addition(tools=(variant_of(core, drop=("safe",)),))),
        "drops 'safe', on which the base's safety rests",
    ),
    "drops the section of safety": (
        plugin(lambda core: addition(tools=(variant_of(core, drop=("conclusion",)),))),
        "drops 'safe'",
    ),
    "drops the overall grade": (
        plugin(lambda core: addition(tools=(variant_of(core, drop=("overall",)),))),
        "drops 'overall'",
    ),
    "retypes the question of safety": (
        plugin(
            lambda core: addition(
                tools=(variant_of(core, replace={"safe": safe_question(id="safe", kind=TEXT)}),)
            )
        ),
        "states 'safe' as text",
    ),
    "never asks the question of safety": (
        plugin(
            lambda core: addition(
                tools=(variant_of(core, replace={"safe": safe_question(id="safe", asked=NEVER)}),)
            )
        ),
        "asks 'safe' less often",
    ),
    "never requires the question of safety": (
        plugin(
            lambda core: addition(
                tools=(
                    variant_of(core, replace={"safe": safe_question(id="safe", required=NEVER)}),
                )
            )
        ),
        "asks 'safe' less often",
    ),
    "puts the question of safety in a section that never applies": (
        plugin(
            lambda core: addition(
                tools=(
                    variant_of(
                        core,
                        replace={
                            "conclusion": Section(
                                id="conclusion",
                                title="Conclusion",
                                parts=(core.tool("case_file").question("safe"),),
                                applies=Ref("risk_managed", YES_NO).is_(True),
                                takes_na=False,
                                **GIVEN,
                            )
                        },
                    ),
                )
            )
        ),
        "asks 'safe' less often",
    ),
    "computes the overall grade in a variant": (
        plugin(
            lambda core: addition(
                tools=(variant_of(core, replace={"overall": overall(computed=WORST)}),)
            )
        ),
        "computes 'overall'",
    ),
}


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_what_is_wrong_with_a_plugin_is_named(case: str) -> None:
    """It is named with what to do, nothing of it is registered, and the core still escalates."""
    wrong, reason = WRONG[case]
    said = refusal(wrong)
    assert reason in said
    assert said.startswith("1 plugin cannot be used\n  Plugin ")


def test_every_fault_of_a_plugin_is_named_at_once() -> None:
    """The author mends all of them in one go."""
    wrong = addition(
        requires="reading >= 2017",
        settings=SETTINGS[:1],
        rules=(rule(Ref("saef", SAFETY).is_("unsafe")),),
    )
    said = refusal(wrong)
    for reason in ("written for reading >= 2017", "Only the base has settings", "'saef'"):
        assert reason in said


def test_all_wrong_plugins_are_named_in_one_group() -> None:
    """Strict loading raises them together, one error each."""
    with pytest.raises(PluginErrorGroup) as caught:
        load_framework(
            plugins=[addition(requires="x > 1"), ModuleType("empty"), addition(id="fine")]
        )
    assert [str(error).split(":")[0] for error in caught.value.exceptions] == [
        "Plugin empty",
        "Plugin extra",
    ]


def test_a_plugin_is_loaded_once() -> None:
    """The same module named twice is named as such."""
    module = plugin(lambda core: addition())
    assert "It is loaded twice" in refusal(module, module)


def test_the_second_of_two_that_clash_is_named() -> None:
    """By order of name: the first stays, the second is left out whole."""
    one = plugin(lambda core: addition(id="one", tools=(tool(question("extra_a")),)), "a_one")
    two = plugin(lambda core: addition(id="two", tools=(tool(question("extra_b")),)), "b_two")
    framework = load_framework(plugins=[two, one], strict=False)
    assert [each.id for each in framework.additions] == ["one"]
    assert "The tool 'extra_tool' is one's" in str(framework.faults[0])


def test_two_plugins_cannot_mean_different_things_by_one_fact() -> None:
    """A question id is one fact with one type for the whole framework."""
    one = addition(id="one", tools=(tool(question("extra_a"), id="tool_one"),))
    two = addition(id="two", tools=(tool(question("extra_a", kind=DATE), id="tool_two"),))
    framework = load_framework(plugins=[one, two], strict=False)
    assert "states 'extra_a' as date, which elsewhere is yes_no" in str(framework.faults[0])


def test_a_hook_that_changes_what_it_is_given_changes_nothing() -> None:
    """It is given a copy, is named for changing it, and the base is as it was."""

    def meddle(core: Framework) -> Addition:
        for each in core.rules:
            object.__setattr__(each, "when", NEVER)
        object.__setattr__(core.base, "rules", ())
        return addition()

    assert "It changes the framework it was given" in refusal(plugin(meddle))
    assert escalates(load_framework(plugins=[]))


def test_a_hook_that_reaches_for_the_base_itself_is_named() -> None:
    """Going round the copy is seen, and the base is used as it was."""
    base = copy.deepcopy(READING_2016)

    def meddle(core: Framework) -> Addition:
        object.__setattr__(base, "rules", ())
        return addition()

    framework = load_framework(base, plugins=[plugin(meddle)], strict=False)
    assert "It changes the framework it was given" in str(framework.faults[0])
    assert escalates(framework)


def broken_derivation(error: Exception) -> Fact:
    """A derived fact that raises."""

    def derive(opened: date) -> bool:
        raise error

    return Fact(
        id="extra_derived",
        kind=YES_NO,
        label="derived",
        origin=Origin.DERIVED,
        derivation=Derivation(version="1", rests_on=(Ref("case_opened", DATE),), function=derive),
        subjects=(CHILD_CASE.id,),
        **GIVEN,
    )


@pytest.mark.parametrize("error", [ValueError("boom"), RecursionError(), ZeroDivisionError()])
def test_what_raises_while_reading_leaves_open_what_rests_on_it(error: Exception) -> None:
    """A derived fact or computed judgement that raises is a fault; escalation stands."""

    def compute(children: object) -> str:
        raise error

    alarm = Ref("extra_derived", YES_NO)
    graded = Judgement(
        id="extra_grade",
        title="Computed",
        scale=GRADES,
        computed=Computed(id="broken", version="1", function=compute),
        **GIVEN,
    )
    extra = tool(
        Section(
            id="extra_section",
            title="S",
            parts=(question("extra_score", kind=GRADES.kind), safe_question()),
            judgements=(graded,),
            takes_na=False,
            **GIVEN,
        ),
        judgements=(overall(),),
    )
    escalate = Escalate(to=(TEAM_MANAGER,), within=AT_ONCE)
    framework = load_framework(
        plugins=[
            addition(
                facts=(broken_derivation(error),),
                tools=(extra,),
                rules=(
                    rule(alarm.is_(True), escalate, id="extra.alarm", subjects=("child_case",)),
                    rule(
                        Ref("extra_grade", GRADES.kind).is_("inadequate"), escalate, id="extra.bad"
                    ),
                ),
            )
        ]
    )
    audit = read_audit(
        {
            "tool": {"id": "extra_tool", "version": "1"},
            "id": "A-1",
            "subject": {"id": "C", "kind": "child_case", "facts": {"case_opened": "2015-01-01"}},
            "answers": {"extra_score": "good", "extra_safe": "unsafe"},
        },
        framework,
    )
    review = framework.review(audit, on=DAY)
    assert [call.rules[0].id for call in review.escalations] == ["escalation.unsafe"]
    open_rules = {each.id for call in review.unsettled_escalations for each in call.rules}
    assert {"extra.alarm", "extra.bad"} <= open_rules
    assert {fault.path for fault in review.faults} == {
        "facts.extra_derived",
        "judgements.extra_grade",
    }
    assert not review.complete
    assert "boom" not in str(review)


def test_a_question_that_states_safe_escalates_as_the_core_s_does() -> None:
    """Wherever a tool states it, under whatever id it asks it."""
    framework = load_framework(plugins=[addition(tools=(tool(safe_question()),))])
    audit = read_audit(
        {
            "tool": {"id": "extra_tool", "version": "1"},
            "id": "A-1",
            "subject": {"id": "C-1", "kind": "child_case"},
            "answers": {"extra_safe": "cannot_tell"},
        },
        framework,
    )
    [call] = framework.review(audit, on=DAY).escalations
    assert [each.id for each in call.rules] == ["escalation.unsafe"]
    assert [role.id for role in call.to] == ["team_manager", "service_manager"]


def test_a_variant_that_keeps_what_safety_rests_on_is_welcome() -> None:
    """It says what it keeps, adds, replaces and drops, and why."""

    def make(core: Framework) -> Addition:
        made = variant_of(
            core,
            drop=("permanence", "plan_smart"),
            add={"risk": (question("extra_risk"),), "": (question("extra_last"),)},
            replace={"risk_managed": question("risk_managed")},
        )
        return addition(tools=(made,))

    framework = load_framework(plugins=[plugin(make)])
    basis = framework.tool("extra_tool").based_on
    assert basis is not None
    assert (basis.tool, basis.version, basis.because) == (
        "case_file",
        "2016.1",
        "a service needs it",
    )
    assert set(basis.added) == {"extra_risk", "extra_last"}
    assert set(basis.dropped) == {"permanence", "permanence_timely", "plan_smart"}
    assert basis.replaced == ("risk_managed",)
    assert "safe" in basis.kept
    assert basis.fingerprint == CASE_FILE.fingerprint


def test_a_variant_of_what_is_not_there_is_refused_by_name() -> None:
    """The near id is offered."""
    with pytest.raises(LookupError, match="Did you mean 'plan_smart'"):
        variant_of(Framework.of(READING_2016), drop=("plan_smrt",))


def test_framework_of_refuses_what_loading_refuses() -> None:
    """Without plugins the same checks hold, and all that is wrong is said."""
    with pytest.raises(DefinitionError, match=r"extra cannot be added.*Only the base has settings"):
        Framework.of(READING_2016, addition(settings=SETTINGS))


def test_the_order_of_additions_does_not_matter() -> None:
    """Two services that do not clash give one framework."""
    one, two = addition(id="one"), addition(id="two")
    assert Framework.of(READING_2016, one, two) == Framework.of(READING_2016, two, one)


def test_a_plugin_may_be_imported_before_the_core() -> None:
    """The order of imports does not matter."""
    program = (
        "import types, sys\n"
        "m = types.ModuleType('early')\n"
        "exec('from qaf_core import hookimpl, Addition\\n'\n"
        '     \'@hookimpl\\ndef qaf_addition(): return Addition(id="early", version="1")\', m.__dict__)\n'
        "import qaf_core\n"
        "print(qaf_core.load_framework(plugins=[m]).name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "reading 2016.1 + early 1\n"


def test_nothing_of_the_base_is_changed_by_any_addition() -> None:
    """Every outcome of the base on its own tool is there with the addition too."""
    escalate = Escalate(to=(TEAM_MANAGER,), within=AT_ONCE)
    alone = load_framework(plugins=[])
    more = load_framework(plugins=[addition(rules=(rule(safe.is_("safe"), escalate),))])
    from qaf_core import EXAMPLES, InputError, example

    for name in EXAMPLES:
        try:
            audit = read_audit(example(name), alone)
        except InputError:
            continue
        before = {(each.rule, each.about) for each in alone.review(audit, on=DAY).findings}
        after = {(each.rule, each.about) for each in more.review(audit, on=DAY).findings}
        assert before <= after


UNSENDABLE = Fact(
    id="extra_soon",
    kind=YES_NO,
    label="soon",
    origin=Origin.DERIVED,
    derivation=Derivation(version="1", rests_on=(audited,), function=lambda _: True),
    **GIVEN,
)


def test_a_whole_plugin_is_checked_in_one_line() -> None:
    """A sound plugin passes; one with an idle rule or an empty clause is told so."""
    sound = addition(
        subjects=(SubjectKind(id="extra_subject", label="extra", **GIVEN),),
        tools=(
            tool(
                Section(
                    id="extra_section",
                    title="Scores",
                    parts=(question("extra_a", kind=GRADES.kind), question("extra_b")),
                    judgements=(
                        Judgement(
                            id="extra_worst", title="Worst", scale=GRADES, computed=WORST, **GIVEN
                        ),
                    ),
                    **GIVEN,
                ),
                subject="extra_subject",
            ),
        ),
        rules=(rule(Ref("extra_b", YES_NO).is_(False), subjects=("extra_subject",)),),
    )
    check_plugin(sound, examples=5)
    for spoilt, reason in (
        ({"rules": (rule(NEVER),)}, "can never fire"),
        ({"rules": (rule(Ref("extra_b", YES_NO).is_(True), subjects=("child_case",)),)}, "no one"),
        (
            {"tools": (attrs.evolve(sound.tools[0], title=" "),), "rules": ()},
            "has no wording",
        ),
        (
            {"tools": (attrs.evolve(sound.tools[0], source=PAPER.at(" ")),), "rules": ()},
            "has no clause",
        ),
        (
            {"tools": (tool(question("extra_a", asked=NEVER)),), "rules": ()},
            "can never be asked",
        ),
        ({"facts": (UNSENDABLE,)}, "Fact 'extra_soon' does not pickle"),
    ):
        with pytest.raises(AssertionError, match=reason):
            check_plugin(attrs.evolve(sound, **spoilt), examples=5)


def test_a_share_needs_bands() -> None:
    """A computed judgement whose scale cannot take a score is refused when it is loaded."""
    share = addition(
        tools=(
            tool(
                question("extra_a", kind=GRADES.kind),
                judgements=(
                    Judgement(id="extra_share", title="S", scale=GRADES, computed=SHARE, **GIVEN),
                ),
            ),
        )
    )
    assert "comes out as a score, and 'four_grades' has no bands for it" in refusal(share)


def test_the_plugins_command_names_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``qaf plugins`` lists what each adds, and faults; reviews go on without the faulty."""
    from qaf_core.cli import main

    good = plugin(lambda core: addition(tools=(tool(question("extra_a")),)), "qaf_good_plugin")
    monkeypatch.setitem(sys.modules, "qaf_good_plugin", good)
    entries = [EntryPoint("a", "qaf_good_plugin", GROUP), EntryPoint("b", "qaf_absent", GROUP)]
    monkeypatch.setattr("qaf_core.plugins.entry_points", lambda group: entries)
    assert main(["plugins"]) == 2
    out = capsys.readouterr().out
    assert "tool: extra_tool 1" in out
    assert "left out: b" in out
    assert main(["tools"]) == 0
    printed = capsys.readouterr()
    assert "extra_tool 1" in printed.out
    assert "Left out: Plugin b: It cannot be imported" in printed.err
    assert json.dumps(printed.out)
