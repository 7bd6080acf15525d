"""Formulas: what an editor asks while somebody writes one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.jsons import ResultKind, from_json, kind_of, to_json
from mazhi.engines.formula.naming import Named, Names, resolve
from mazhi.engines.formula.nodes import Node, names
from mazhi.engines.formula.nodes import to_json as tree_json
from mazhi.engines.formula.parsing import LONGEST, parse
from mazhi.engines.formula.printing import write
from mazhi.engines.formula.values import Fault, to_text
from mazhi.kernel.texts import Language, advice, message
from mazhi.web import formula_catalogue, language
from mazhi.web.dependencies import ActorDep
from mazhi.web.rate import Rate

router = APIRouter(prefix="/formulas", tags=["formulas"])

MOST_FIELDS = 2_000
rate = Rate(a_second=10, at_once=60)
"""An editor asks at each pause in typing, a designer for every formula of a form at once."""

_Formula = Annotated[str, Field(max_length=LONGEST, description="As it was typed.", examples=["数量*{单价}"])]


class FormulaField(BaseModel):
    """A field that the formula may name."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=200, description="Its dotted name.", examples=["qty", "lines.qty"])
    title: str = Field("", max_length=200, description="May be written in place of the code.", examples=["数量"])
    shape: str = Field(
        "", max_length=40, examples=["number"],
        description="What it holds: number, date, moment, boolean, text, …; of a reference any fact may be named.",
    )  # fmt: skip


_Fields = Annotated[list[FormulaField] | None, Field(max_length=MOST_FIELDS, description="Null: any name will do.")]


class FormulaParseBody(BaseModel):
    """A formula, and the fields that it may name."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "formula": "数量*{单价}",
                    "fields": [
                        {"code": "qty", "title": "数量", "shape": "number"},
                        {"code": "price", "title": "单价", "shape": "number"},
                    ],
                }
            ]
        },
    )

    formula: _Formula
    fields: _Fields = None


class FormulaProblem(BaseModel):
    """Something that is wrong with a formula, and where: counted in characters (code points) from 0."""

    code: str = Field(examples=["formula_unknown_field"])
    message: str = Field(examples=["没有字段“单价”"])
    advice: str = Field(examples=["检查字段名，或从字段列表中选择。"])
    start: int = Field(examples=[3])
    end: int = Field(description="The first character that no longer belongs.", examples=[7])
    near: str = Field("", description="What was probably meant.", examples=["price"])


class FormulaParsed(BaseModel):
    """What a formula means."""

    tree: dict[str, Any] | None = Field(
        description="The tree; fields stand by their codes. Null if the formula cannot be read.",
        examples=[{"kind": "field", "name": "qty", "start": 0, "end": 2}],
    )
    names: list[str] = Field(description="The fields that it reads, by code where they are known.", examples=[["qty"]])
    canonical: str | None = Field(
        description="The same formula with English functions, plain signs and codes.", examples=["qty*price"]
    )
    problems: list[FormulaProblem]


class FormulaTryBody(BaseModel):
    """A formula, and the values with which it is tried out."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "formula": "ROUND(qty*price, 1)",
                    "values": {"qty": "3", "price": "19.99"},
                    "fields": [{"code": "qty", "shape": "number"}, {"code": "price", "shape": "number"}],
                }
            ]
        },
    )

    formula: _Formula
    values: dict[str, Any] = Field(
        max_length=MOST_FIELDS, description="By dotted name; a list is a column over the rows of a sub-table.",
        examples=[{"qty": "3", "lines.qty": ["1", "2"]}],
    )  # fmt: skip
    fields: _Fields = None


class FormulaTried(BaseModel):
    """What a formula comes to."""

    kind: ResultKind | None = Field(description="What the result is; null if there is a fault.", examples=["number"])
    result: Any = Field(description="Numbers as text with every digit, dates as in ISO 8601.", examples=["60"])
    text: str = Field(description="The result as people read it.", examples=["60"])
    fault: FormulaProblem | None


class FormulaFunction(BaseModel):
    """One function."""

    name: str = Field(examples=["ROUND"])
    zh: str = Field(description="Its Chinese name; both may be used.", examples=["四舍五入"])
    label: str = Field(description="The name in the reader's language.", examples=["四舍五入"])
    family: str = Field(examples=["numbers"])
    family_label: str = Field(examples=["数字"])
    usage: str = Field(examples=["四舍五入(数字, [小数位数])"])
    usage_zh: str
    usage_en: str
    result: str = Field(description="What comes out; any: it depends.", examples=["number"])
    in_sql: bool = Field(description="Whether it can stand in filters and statistics too.")
    doc: str = Field(examples=["四舍五入到若干位小数，默认整数。"])
    doc_zh: str
    doc_en: str
    example: dict[str, str] = Field(examples=[{"formula": "ROUND(2.345, 2)", "result": "2.35"}])


class FormulaFunctions(BaseModel):
    """Every function, and the headings under which they are listed."""

    families: list[dict[str, str]] = Field(
        examples=[[{"name": "numbers", "label": "数字", "zh": "数字", "en": "Numbers"}]]
    )
    functions: list[FormulaFunction]


def _language(request: Request) -> Language:
    return language.choose(request.headers.get("accept-language", ""))


def _problem(error: FormulaError | Fault, lang: Language) -> FormulaProblem:
    return FormulaProblem(
        code=error.code,
        message=message(error.code, lang, dict(error.params)),
        advice=advice(error.code, lang, dict(error.params)),
        start=max(error.start, 0),
        end=max(error.end, 0),
        near=str(error.params.get("near", "")),
    )


def _names(fields: Iterable[FormulaField]) -> Names:
    return Names(Named(one.code, one.title, one.shape) for one in fields)


def _read(formula: str, fields: list[FormulaField] | None) -> tuple[Node | None, list[FormulaError]]:
    try:
        node = parse(formula)
    except FormulaError as error:
        return None, [error]
    return (node, []) if fields is None else resolve(node, _names(fields))


@router.post(":parse", summary="Read a formula")
def parse_formula(request: Request, actor: ActorDep, body: FormulaParseBody) -> FormulaParsed:
    """Read a formula (公式) and say what it means, or what is wrong with it and where.

    Faults of the formula are part of the answer, 200: an editor asks at each pause in typing.
    """
    rate.ask((actor.user_id, actor.name))
    lang = _language(request)
    node, errors = _read(body.formula, body.fields)
    return FormulaParsed(
        tree=None if node is None else tree_json(node),
        names=[] if node is None else sorted(names(node)),
        canonical=None if node is None else write(node),
        problems=[_problem(one, lang) for one in errors],
    )


@router.get("/functions", summary="Functions of formulas")
def formula_functions(request: Request, actor: ActorDep) -> FormulaFunctions:  # noqa: ARG001 - signed in is enough
    """List the functions by family, with usage, explanation and an example, in the reader's language and in both."""
    lang = _language(request)
    return FormulaFunctions.model_validate(
        {"families": formula_catalogue.families(lang), "functions": formula_catalogue.described(lang)}
    )


@router.post(":try", summary="Try a formula out")
def try_formula(request: Request, actor: ActorDep, body: FormulaTryBody) -> FormulaTried:
    """Work a formula out with the values given; nothing is stored.

    A formula that cannot be read or worked out is answered with its fault, 200.
    """
    rate.ask((actor.user_id, actor.name))
    lang = _language(request)
    node, errors = _read(body.formula, body.fields)
    if node is None or errors:
        return FormulaTried(kind=None, result=None, text="", fault=_problem(errors[0], lang))
    shapes = {one.code: one.shape for one in body.fields or ()}
    known = None if body.fields is None else _names(body.fields)
    values = {(known and known.code(name)) or name: raw for name, raw in body.values.items()}

    def scope(name: str) -> object:
        if name in values:
            return from_json(values[name], shapes.get(name, ""))
        if known is not None and known.code(name) is not None:
            return None
        raise LookupError(name)

    found = evaluate(node, scope)
    if isinstance(found, Fault):
        return FormulaTried(kind=None, result=None, text="", fault=_problem(found, lang))
    return FormulaTried(kind=kind_of(found), result=to_json(found), text=to_text(found), fault=None)
