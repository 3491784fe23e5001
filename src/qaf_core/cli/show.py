"""The commands that show what a framework holds."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from qaf_core.forms import fields, to_markdown
from qaf_core.framework import Framework
from qaf_core.interchange import write_rules
from qaf_core.interchange.rules import rules_schema
from qaf_core.interchange.schema import json_schema
from qaf_core.plugins import load_framework
from qaf_core.reference import (
    boards_table,
    html_page,
    learning_table,
    programme_table,
    roles_table,
    rules_table,
    settings_table,
    standards_table,
    states_table,
    steps_table,
    streams_table,
    transitions_table,
)
from qaf_core.tables import Table

__all__ = ["a_day", "add_show", "print_json", "the_framework"]


def __dir__() -> list[str]:
    return __all__


def the_framework() -> Framework:
    """The framework with every installed plugin; one that does not fit is named and left out."""
    framework = load_framework(strict=False)
    for fault in framework.faults:
        print(f"Left out: {fault}", file=sys.stderr)
    return framework


def print_json(data: Any) -> None:
    """Plain data as JSON."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


def a_day(text: str) -> date:
    """A day as an option of the command line gives it."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise argparse.ArgumentTypeError("write a day there is, as YYYY-MM-DD") from None


def add_show(commands: Any) -> None:
    """Add the commands to a command line.

    Args:
        commands: what ``ArgumentParser.add_subparsers`` gave.
    """
    tools = commands.add_parser("tools", help="list the audit tools")
    tools.set_defaults(run=_tools)

    form = commands.add_parser("form", help="print a tool as a blank form")
    form.add_argument("tool", help="id of the tool")
    form.add_argument("--version", help="version of the tool (default: the last)")
    how = form.add_mutually_exclusive_group()
    how.add_argument(
        "--json-schema", action="store_true", help="print the JSON Schema of its audits"
    )
    how.add_argument(
        "--fields", action="store_true", help="print form data for GOV.UK components, as JSON"
    )
    form.set_defaults(run=_form)

    for name, help, show in (
        ("rules", "print every rule in English, with its clause", _rules),
        ("standards", "print the standards and their criteria", _standards),
        ("roles", "print the roles and boards, and what each answers for", _roles),
        ("settings", "print every number and time limit", _settings),
        ("programme", "print who audits what and how often, row by row", _programme),
        ("steps", "print what is done after an audit, step by step", _steps),
        ("streams", "print what the board hears, from whom and how often", _streams),
        ("learning", "print where learning goes, to whom, and what shows it", _learning),
        ("machine", "print a way, such as that of an audit, as a table or diagram", _machine),
    ):
        command = commands.add_parser(name, help=help)
        if name == "machine":
            command.add_argument("machine", help="audit, action, escalation, qa_cycle or another")
        how = command.add_mutually_exclusive_group()
        how.add_argument("--html", action="store_true", help="print a page to open in a browser")
        how.add_argument("--json", action="store_true", help="print JSON")
        if name == "rules":
            how.add_argument(
                "--json-schema", action="store_true", help="print the JSON Schema of rules"
            )
            help = "print the rules for a tool as the Python function that reads its audits"
            how.add_argument("--code", metavar="TOOL", help=help)
        if name == "machine":
            how.add_argument("--mermaid", action="store_true", help="print a Mermaid diagram")
        command.set_defaults(run=show)


def _tools(_: argparse.Namespace) -> int:
    framework = the_framework()
    print(framework.name)
    for tool in framework.tools:
        print(
            f"  {tool.id} {tool.version}: {tool.title}; subject {tool.subject}; "
            f"{len(tool.questions)} questions, {len(tool.judged)} judgements; "
            f"{tool.source}; fingerprint {tool.fingerprint}"
        )
    return 0


def _form(options: argparse.Namespace) -> int:
    framework = the_framework()
    tool = framework.tool(options.tool, options.version)
    if options.json_schema:
        print_json(json_schema(tool, framework))
    elif options.fields:
        print_json(fields(tool))
    else:
        print(to_markdown(tool), end="")
    return 0


def _show(options: argparse.Namespace, *tables: Callable[[Framework], Table]) -> int:
    """Tables as text, as a page or as rows."""
    framework = the_framework()
    made = [table(framework) for table in tables]
    if options.json:
        rows = [row for table in made for row in table.to_rows()]
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif options.html:
        title = ", ".join(table.caption for table in made)
        print(html_page(f"{title}: {framework.name}", *made), end="")
    else:
        for table in made:
            print(f"{table.caption}: {len(table)}, in {framework.name}")
            for row in table.rows:
                _print_row(row, table)
            print()
    return 0


def _print_row(row: Any, table: Table) -> None:
    """A row as a block: its id, what it says, then clause and standing."""
    print(f"\n{row['id']}")
    for name, heading in table.columns.items():
        if name in ("id", "clause", "lines", "standing") or row.get(name) in (None, ""):
            continue
        bare = name in ("statement", "text", "title", "when")
        print(f"  {row[name]}" if bare else f"  {heading}: {row[name]}")
    print(f"  [{row['clause']}; {row['standing']}]")


def _rules(options: argparse.Namespace) -> int:
    """The rules; as JSON, in the form that ``read_rules`` reads."""
    if options.code:
        print(the_framework().code(options.code, on=date.today()))
        return 0
    if options.json:
        framework = the_framework()
        print(write_rules(framework.rules, framework))
        return 0
    if options.json_schema:
        print_json(rules_schema(the_framework()))
        return 0
    return _show(options, rules_table)


def _standards(options: argparse.Namespace) -> int:
    return _show(options, standards_table)


def _roles(options: argparse.Namespace) -> int:
    return _show(options, roles_table, boards_table)


def _settings(options: argparse.Namespace) -> int:
    return _show(options, settings_table)


def _programme(options: argparse.Namespace) -> int:
    return _show(options, programme_table)


def _steps(options: argparse.Namespace) -> int:
    return _show(options, steps_table)


def _streams(options: argparse.Namespace) -> int:
    return _show(options, streams_table)


def _learning(options: argparse.Namespace) -> int:
    return _show(options, learning_table)


def _machine(options: argparse.Namespace) -> int:
    if options.mermaid:
        print(the_framework().machine(options.machine).to_mermaid(), end="")
        return 0
    return _show(
        options,
        lambda framework: states_table(framework.machine(options.machine)),
        lambda framework: transitions_table(framework.machine(options.machine)),
    )
