"""Standards, roles, settings and rules as tables to read and to check."""

from __future__ import annotations

from qaf_core.errors import DefinitionError
from qaf_core.findings import say
from qaf_core.framework import Framework
from qaf_core.reference.items import GROUNDS, grounds
from qaf_core.rules.model import Escalate, Outcome, Rule
from qaf_core.subjects import ANY
from qaf_core.tables import Table

__all__ = [
    "boards_table",
    "roles_table",
    "rules_table",
    "settings_table",
    "standards_table",
]


def __dir__() -> list[str]:
    return __all__


def standards_table(framework: Framework, *, external: bool | None = None) -> Table:
    """The standards with their criteria, one row each.

    Args:
        framework: the framework.
        external: only those of other bodies (True) or only its own (False); all where None.
    """
    rows: list[dict[str, object]] = []
    for standard in framework.standards:
        if external is not None and standard.external is not external:
            continue
        rows.append(
            {
                "id": standard.id,
                "text": f"{standard.title}. {standard.text}",
                "version": standard.version,
                **grounds(standard),
            }
        )
        rows += (
            {
                "id": each.id,
                "printed": each.printed,
                "text": each.text + (" (The source breaks off.)" if each.truncated else ""),
                **grounds(each),
            }
            for each in standard.criteria
        )
    which = {None: "Standards", True: "Standards of other bodies", False: "Practice standards"}
    return Table(
        caption=f"{which[external]} and their criteria",
        columns={
            "id": "Id",
            "printed": "Printed number",
            "text": "Standard or criterion",
            "version": "Version",
            **GROUNDS,
        },
        rows=rows,
    )


def roles_table(framework: Framework) -> Table:
    """The roles, with what each answers for."""
    return Table(
        caption="Roles",
        columns={
            "id": "Id",
            "title": "Role",
            "answers_for": "Answers for",
            "seniority": "Seniority",
            "aliases": "Also called",
            **GROUNDS,
        },
        rows=[
            {
                "id": each.id,
                "title": each.title,
                "answers_for": each.answers_for,
                "seniority": each.seniority,
                "aliases": ", ".join(each.aliases),
                **grounds(each),
            }
            for each in framework.roles
        ],
    )


def boards_table(framework: Framework) -> Table:
    """The boards, committees, meetings and teams, with what each answers for."""
    titles = {role.id: role.title for role in framework.roles}
    return Table(
        caption="Boards, committees, meetings and teams",
        columns={
            "id": "Id",
            "title": "Board or team",
            "answers_for": "Answers for",
            "chaired_by": "Chaired by",
            "meets": "Meets",
            "aliases": "Also called",
            **GROUNDS,
        },
        rows=[
            {
                "id": each.id,
                "title": each.title,
                "answers_for": each.answers_for,
                "chaired_by": titles.get(each.chaired_by, each.chaired_by),
                "meets": each.meets,
                "aliases": ", ".join(each.aliases),
                **grounds(each),
            }
            for each in framework.boards
        ],
    )


def settings_table(framework: Framework) -> Table:
    """Every number and time limit, as shipped."""
    return Table(
        caption="Settings",
        columns={
            "id": "Id",
            "statement": "What it decides",
            "value": "Value",
            "choices": "One of",
            "since": "Since",
            **GROUNDS,
        },
        rows=[
            {
                "id": each.id,
                "statement": each.statement,
                "value": each.value,
                "choices": ", ".join(map(str, each.choices)),
                "since": each.since,
                **grounds(each),
            }
            for each in framework.settings
        ],
    )


def rules_table(framework: Framework) -> Table:
    """Every rule in English: its sentence, when it fires and what follows."""
    subjects = {each.id: each.label for each in framework.subjects}
    return Table(
        caption="Rules",
        columns={
            "id": "Id",
            "statement": "Rule",
            "when": "When",
            "follows": "What follows",
            "subjects": "For",
            **GROUNDS,
        },
        rows=[
            {
                "id": rule.id,
                "statement": rule.statement,
                "when": _when(rule),
                "follows": "; ".join(map(_follows, rule.then)),
                "subjects": _subjects(rule, subjects),
                **grounds(rule),
            }
            for rule in framework.rules
        ],
    )


def _when(rule: Rule) -> str:
    """When a rule fires; one that looks at items says which of them."""
    if rule.each is None:
        return f"When {rule.when}."
    items = f"the {rule.each.id}"
    try:
        which = str(rule.each.any(rule.when)).removeprefix(f"some of {items} have ")
    except DefinitionError:  # it looks over items while looking at each
        return f"For each of {items}, when {rule.when}."
    return f"For each of {items} that have {_unwrapped(which)}."


def _unwrapped(text: str) -> str:
    """A text without the brackets around the whole of it."""
    depth = 0
    for index, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return text[1:-1] if letter == ")" and index == len(text) - 1 else text
    return text


def _follows(outcome: Outcome) -> str:
    said = say(outcome).removesuffix(":")
    if isinstance(outcome, Escalate) and outcome.then is not None:
        return f"{said}, and if nothing comes of it: {_follows(outcome.then)}"
    return said


def _subjects(rule: Rule, labels: dict[str, str]) -> str:
    if rule.subjects == ANY:
        return "every kind of subject"
    return ", ".join(labels.get(each, each) for each in rule.subjects)
