"""What a request must carry, before anything is looked up."""

from __future__ import annotations

import json

from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.personal.model import FIELD, LONGEST
from mazhi.kernel.posting.model import MOST_COMPONENTS, PostRequest
from mazhi.kernel.posting.naming import read_component, read_item
from mazhi.kernel.posting.operation import DataField, Operation, PlaceRule

LONGEST_NUMBER = 19


def check_body(operation: Operation, request: PostRequest) -> None:
    """Refuse a request that cannot be right whatever the database says.

    Raises:
        InvalidInputError: With every problem, each at its pointer.
    """
    problems = [*_shape(operation, request), *_data(operation, request)]
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)


def _shape(operation: Operation, request: PostRequest) -> list[Problem]:
    problems: list[Problem] = []
    named = operation.name == "correct" or (operation.name == "unpack" and request.data.get("package"))
    if not request.items and not request.quantities and not named:
        problems.append(Problem("nothing_to_do", {}, "/items"))
    if operation.single and len(request.items) != 1:
        problems.append(Problem("one_item_needed", {"operation": operation.name}, "/items"))
    if request.quantities and not operation.quantities:
        problems.append(Problem("no_quantities", {"operation": operation.name}, "/quantities"))
    if operation.place is PlaceRule.NEEDED and not request.place:
        problems.append(Problem("place_needed", {"operation": operation.name}, "/place"))
    return problems


def _data(operation: Operation, request: PostRequest) -> list[Problem]:
    problems: list[Problem] = []
    for field in operation.data:
        value = request.data.get(field.name)
        pointer = f"/data/{field.name}"
        if value is None or value == "":
            if field.required:
                problems.append(Problem("field_needed", {"field": field.name}, pointer))
        elif field.kind == "components" and isinstance(value, list):
            problems += _components(field, value)
        elif not _fits(field, value):
            problems.append(
                Problem(
                    "wrong_value",
                    {"field": field.name, "allowed": ", ".join(field.choices) or field.kind},
                    pointer,
                )
            )
    owner = request.data.get("owner")
    if owner is not None and not isinstance(owner, str) and not any(field.name == "owner" for field in operation.data):
        problems.append(Problem("wrong_value", {"field": "owner", "allowed": "partner"}, "/data/owner"))
    problems += _personal(operation, request.data.get(FIELD))
    to = request.data.get("to")
    if operation.chooses and to is not None and not isinstance(to, str):
        problems.append(Problem("wrong_value", {"field": "to", "allowed": "text"}, "/data/to"))
    return problems


def _personal(operation: Operation, value: object) -> list[Problem]:
    """Refuse personal data that is no object, is too long, or comes with what keeps none."""
    pointer = f"/data/{FIELD}"
    if value is None:
        return []
    if not isinstance(value, dict) or operation.name == "correct":
        return [Problem("personal_not_an_object", {}, pointer)]
    if len(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")) > LONGEST:
        return [Problem("personal_too_long", {"most": LONGEST}, pointer)]
    return []


def _components(field: DataField, value: list[object]) -> list[Problem]:
    """Refuse each component that names neither an item nor a quantity, at its own pointer."""
    pointer = f"/data/{field.name}"
    if not value:
        return [Problem("field_needed", {"field": field.name}, pointer)]
    if len(value) > MOST_COMPONENTS:
        return [Problem("too_many_items", {"most": MOST_COMPONENTS}, pointer)]
    allowed = '"…" / {"item"} / {"product","batch","quantity","from"}'
    return [
        Problem("wrong_value", {"field": field.name, "allowed": allowed}, f"{pointer}/{index}")
        for index, one in enumerate(value)
        if read_component(one, pointer) is None
    ]


def _fits(field: DataField, value: object) -> bool:
    if field.kind == "component":
        return read_component(value, "") is not None
    if field.kind == "choice":
        return value in field.choices
    if field.kind == "list":
        return isinstance(value, list)
    if field.kind == "flag":
        return isinstance(value, bool)
    if field.kind == "event":
        return (isinstance(value, int) and not isinstance(value, bool)) or (
            isinstance(value, str) and value.isdecimal() and len(value) <= LONGEST_NUMBER
        )
    if field.kind == "item":
        return read_item(value) is not None
    return isinstance(value, str)
