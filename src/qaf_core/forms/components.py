"""The parameters of GOV.UK components, as plain data."""

from __future__ import annotations

from typing import Any, TypeAlias

from qaf_core.logic.values import Kind, Sort

__all__ = ["Data", "component_for", "not_applicable_item", "plain", "set_aside", "text_area"]

Data: TypeAlias = dict[str, Any]

_NOT_APPLICABLE = "Not applicable"
_DAY = (("day", 2), ("month", 2), ("year", 4))
_CLOCK = (("hour", 2), ("minute", 2))


def __dir__() -> list[str]:
    return __all__


def component_for(kind: Kind, name: str, text: str, hint: str, items: list[Data]) -> Data:
    """The component that asks for a kind of value, with its parameters."""
    match kind.sort:
        case Sort.YES_NO | Sort.CODE:
            return _choice("radios", name, text, hint, items)
        case Sort.CODES:
            return _choice("checkboxes", name, text, _said(hint, "Choose all that apply"), items)
        case Sort.DATE:
            return _clock(name, text, _said(hint, "For example, 27 3 2016"), _DAY)
        case Sort.MOMENT:
            hint = _said(hint, "For example, 27 3 2016 at 9 30")
            return _clock(name, text, hint, _DAY + _CLOCK)
        case Sort.COUNT | Sort.NUMBER:
            return _number(kind, name, text, hint)
        case Sort.TEXT:
            return text_area(name, text, hint)
        case Sort.ID:
            return _input(name, text, hint, 20, spellcheck=False)


def text_area(name: str, text: str, hint: str = "") -> Data:
    """A box for free text."""
    params = {"id": name, "name": name, **_label(text), **_hint(hint)}
    return {"component": "textarea", "params": params}


def plain(path: str, component: Data) -> Data:
    """A component as a field whose value goes to a path in the JSON of an audit."""
    params = component["params"]
    return {
        "name": params.get("name", params.get("namePrefix")),
        "path": path,
        "answer": "text",
        **component,
        "not_applicable": None,
    }


def set_aside(name: str, path: str, text: str, value: str, *, own_items: bool) -> Data:
    """How a field or page is set aside, with the field for the reason."""
    choice = None
    if not own_items:
        items = [{"value": value, "text": _NOT_APPLICABLE}]
        choice = _choice("checkboxes", f"{name}__not_applicable", text, "", items)
        choice["params"]["fieldset"]["legend"]["classes"] = "govuk-visually-hidden"
    reason = plain(f"{path}.not_applicable", text_area(f"{name}__reason", "Why not applicable?"))
    return {"value": value, "choice": choice, "reason": reason}


def not_applicable_item(value: str, kind: Kind) -> list[Data]:
    """What is added to the choices of a field that can be set aside."""
    item: Data = {"value": value, "text": _NOT_APPLICABLE}
    if kind.sort is Sort.CODES:
        item["behaviour"] = "exclusive"
    return [{"divider": "or"}, item]


def _said(*phrases: str) -> str:
    """Phrases one after the other, each closed as a sentence."""
    return " ".join(
        each if each.endswith((".", "?", "!", ":")) else f"{each}." for each in phrases if each
    )


def _hint(text: str) -> Data:
    return {"hint": {"text": text}} if text else {}


def _fieldset(text: str) -> Data:
    return {"fieldset": {"legend": {"text": text, "classes": "govuk-fieldset__legend--s"}}}


def _label(text: str) -> Data:
    return {"label": {"text": text, "classes": "govuk-label--s"}}


def _choice(component: str, name: str, text: str, hint: str, items: list[Data]) -> Data:
    params = {"idPrefix": name, "name": name, **_fieldset(text), **_hint(hint), "items": items}
    return {"component": component, "params": params}


def _clock(name: str, text: str, hint: str, parts: tuple[tuple[str, int], ...]) -> Data:
    items = [
        {"name": part, "label": part.capitalize(), "classes": f"govuk-input--width-{width}"}
        for part, width in parts
    ]
    params = {"id": name, "namePrefix": name, **_fieldset(text), **_hint(hint), "items": items}
    return {"component": "date-input", "params": params}


def _input(name: str, text: str, hint: str, width: int, **more: object) -> Data:
    params = {"id": name, "name": name, **_label(text), **_hint(hint)}
    return {"component": "input", "params": params | {"classes": _width(width)} | more}


def _width(width: int) -> str:
    return f"govuk-input--width-{width}"


def _number(kind: Kind, name: str, text: str, hint: str) -> Data:
    whole = kind.sort is Sort.COUNT or (kind.step is not None and kind.step.denominator == 1)
    bounds = "A whole number" if kind.sort is Sort.COUNT else ""
    if kind.lowest is not None and kind.highest is not None:
        steps = f", in steps of {kind.step}" if kind.step not in (None, 1) else ""
        bounds = f"From {kind.lowest} to {kind.highest}{steps}"
    mode = "numeric" if whole else "decimal"
    return _input(name, text, _said(hint, bounds), 5, inputmode=mode, spellcheck=False)
