"""The data of one label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mazhi.engines.labels.data.catalogue import LISTS, catalogue

Part = Mapping[str, Any]
Row = Mapping[str, Any]
_NOTHING: Part = {}
RECORD_EXAMPLE = "R001"
"""What a field of a record shows while there is no record."""


@dataclass(slots=True)
class LabelData:
    """What one label shows; called with the name of a field it gives its value, so that formulas can read it.

    Attributes:
        item_id: Of the item that it is for, None for a record alone.
        code: What the label is called in messages and in the print log: the item's code, or the record's number.
        groups: Values by group and name; empty ones are missing.
        contents: What is directly inside of a package, a mapping each.
        parts: What is built in, a mapping each.
        identifiers: Further identifiers by namespace.
        record: Fields of the record, nested ones with dots; None where there is no record.
        run: What is the same for all labels of the run: ``now``, ``user``, ``printer``, ``total``.
        number: Of the label within the run, from 1.
        made_up: Whether fields of records that are not there get an example, for looking at a template.
    """

    item_id: int | None
    code: str
    groups: Mapping[str, Part]
    contents: Sequence[Row] = ()
    parts: Sequence[Row] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    record: Mapping[str, Any] | None = None
    run: Mapping[str, Any] = field(default_factory=dict)
    number: int = 1
    made_up: bool = False

    def __call__(self, name: str) -> Any:
        """Return the value of a field, None where it is empty; a list's own name gives its rows.

        Raises:
            LookupError: There is no such field.
        """
        known = catalogue.parts(name)
        if not known:
            return self._other(name)
        group, rest = known
        if group == "print":
            return self.number if rest == "number" else self.run.get(rest)
        if group in LISTS:
            return [row.get(rest) for row in self.rows(group)]
        return self.groups.get(group, _NOTHING).get(rest)

    def _other(self, name: str) -> Any:
        if name in LISTS:
            return self.rows(name)
        group, _, rest = name.partition(".")
        if group == "identifier" and rest:
            return self.identifiers.get(rest)
        if group == "record" and rest and self.record is not None and rest in self.record:
            return self.record[rest]
        if self.record is not None and name in self.record:
            return self.record[name]
        if group == "record" and rest and self.made_up:
            return RECORD_EXAMPLE
        raise LookupError(name)

    def rows(self, name: str) -> Sequence[Row]:
        """Return the rows of a list, ``contents`` or ``parts``."""
        return self.contents if name == "contents" else self.parts


def flat(record: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Write a record with the names of nested fields dotted."""
    found: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = value
    return found


def sample(record: Mapping[str, Any] | None = None, *, now: datetime | None = None) -> LabelData:
    """Make up data from the examples of the catalogue, for a template that nothing real is chosen for."""
    groups: dict[str, dict[str, Any]] = {}
    for one in catalogue:
        groups.setdefault(one.group, {})[one.name.partition(".")[2]] = one.example
    # Empty in most cases; a package's label shows them in any case.
    contents = [{**groups["contents"], "code": f"SN261121000{number}"} for number in range(1, 5)]
    run = {**groups["print"], **({} if now is None else {"now": now})}
    return LabelData(
        item_id=None,
        code=str(groups["item"]["code"]),
        groups={name: part for name, part in groups.items() if name not in LISTS and name != "print"},
        contents=contents,
        parts=[groups["parts"], {**groups["parts"], "code": "FI00042", "product": "FILTER", "product_name": "滤芯"}],
        identifiers=_Anything("356938035643809"),
        record=None if record is None else flat(record),
        run=run,
        made_up=True,
    )


class _Anything(dict[str, str]):
    """Identifiers of every namespace, as nobody knows which a template will name."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self._value = value

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ARG002 - there is never nothing
        return self._value
