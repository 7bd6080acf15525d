"""The papers of a recall: the letter to a partner, and the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.kernel.documents import words
from mazhi.kernel.documents.page import Page


def letter(
    page: Page, recall: Mapping[str, Any], partner: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], count: int
) -> bytes:
    """Set the letter to whoever has some of the pieces: what is recalled, which, what to do, a slip to answer with."""
    say = page.say
    if recall["mock"]:
        page.paragraph(say("doc_letter_mock"), soft=True)
    page.paragraph(say("doc_letter_dear", name=partner["name"]))
    page.paragraph(say("doc_letter_body", reason=recall["name"], count=count))
    page.heading(say("doc_letter_do"))
    deadline = page.time(recall["deadline"]) if recall["deadline"] else "____________"
    for step in ("doc_letter_step_stop", "doc_letter_step_check"):
        page.paragraph(say(step))
    page.paragraph(say("doc_letter_step_answer", deadline=deadline))
    page.heading(say("doc_letter_codes", count=count))
    head = [say("doc_code"), say("doc_product"), say("doc_batch"), say("doc_measure")]
    page.table(head, [(row["code"], row["product"], row["batch"], row["measure"]) for row in rows], (40, 24, 20, 26))
    _more(page, count - len(rows))
    page.slip(
        say("doc_slip", number=recall["id"]),
        [
            say("doc_slip_from", name=partner["name"], partner=partner["partner"]),
            say("doc_slip_counts"),
            say("doc_slip_wish"),
            say("doc_slip_sign"),
        ],
    )
    return page.done()


def report(
    page: Page,
    recall: Mapping[str, Any],
    states: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    comparison: Mapping[str, Any],
) -> bytes:
    """Set the report of a recall: criteria, scope, progress, where everything was, the list, the cruder way."""
    _facts(page, recall)
    _progress(page, recall)
    _where(page, recall, states)
    _comparison(page, comparison)
    say, language = page.say, page.language
    page.heading(say("doc_list"))
    head = [say("doc_code"), say("doc_product"), say("doc_state"), say("doc_holder"), say("doc_status"), say("doc_due")]
    told = [
        (
            row["code"], row["product"], states.get(row["state"] or "", row["state"]),
            row["holder_name"] or row["holder"] or row["place"],
            " · ".join(one for one in (words.status(row["status"], language), row["measure"]) if one), row["due"],
        )
        for row in rows
    ]  # fmt: skip
    page.table(head, told, (34, 18, 14, 18, 26, 14))
    _more(page, recall["total"] + recall["parts"] - len(rows))
    return page.done()


def _facts(page: Page, recall: Mapping[str, Any]) -> None:
    say = page.say
    closed = f"{page.time(recall['closed_at'])} {recall['closed_by']}" if recall["closed_at"] else say("doc_still_open")
    page.facts(
        [
            (say("doc_name"), recall["name"]),
            (say("doc_opened"), f"{page.time(recall['opened_at'])} {recall['opened_by']}"),
            (say("doc_deadline"), page.time(recall["deadline"])),
            (say("doc_closed"), closed),
        ]
    )
    page.heading(say("doc_criteria"))
    for criterion in recall["criteria"].get("any", ()):
        page.paragraph("· " + json.dumps(criterion, ensure_ascii=False).strip("{}").replace('"', ""))
    if recall["criteria"].get("products"):
        page.facts([(say("doc_products"), ", ".join(recall["criteria"]["products"]))])
    page.heading(say("doc_scope"))
    page.paragraph(say("doc_scope_counts", total=recall["total"], parts=recall["parts"]))
    page.paragraph(say("doc_hash"), soft=True)
    page.code_line(recall["hash"])


def _progress(page: Page, recall: Mapping[str, Any]) -> None:
    say, clock = page.say, recall["clock"]
    total = recall["total"]
    page.heading(say("doc_progress"))
    page.facts(
        [
            (say("doc_located"), f"{recall['located']} / {total}"),
            (say("doc_handled"), f"{recall['handled']} / {total}"),
            (say("doc_open"), recall["open"]),
            (say("doc_effectiveness"), f"{recall['effectiveness']} %"),
            (say("doc_completeness"), f"{recall['completeness']} %"),
            (
                say("doc_clock"),
                say(
                    "doc_clock_step",
                    **{name: _span(clock[name]) for name in ("located", "held", "listed", "answered", "elapsed")},
                ),
            ),
        ]
    )
    if recall["curve"]:
        page.paragraph(say("doc_curve", total=total), soft=True)
        page.curve([(one["day"], one["handled"]) for one in recall["curve"]], total)


def _where(page: Page, recall: Mapping[str, Any], states: Mapping[str, str]) -> None:
    say = page.say
    page.heading(say("doc_where"))
    head = [say("doc_place"), say("doc_state"), say("doc_pieces"), say("doc_handled"), say("doc_open"), "%"]
    page.table(
        head,
        [
            (
                one["place_name"] or one["place"], states.get(one["state"], one["state"]), one["total"],
                one["handled"], one["open"], one["percent"],
            )
            for one in recall["by_where"]
        ],
        (36, 20, 12, 12, 12, 10),
    )  # fmt: skip
    if recall["quantities"]:
        page.heading(say("doc_quantities"))
        head = [say("doc_product"), say("doc_batch"), say("doc_place"), say("doc_state"), say("doc_quantity")]
        page.table(
            head,
            [
                (one["product"], one["batch"], one["place"], states.get(one["state"], one["state"]), one["quantity"])
                for one in recall["quantities"]
            ],
            (24, 24, 24, 18, 14),
        )


def _comparison(page: Page, comparison: Mapping[str, Any]) -> None:
    if comparison["from"] is None:
        return
    page.heading(page.say("doc_comparison"))
    page.paragraph(page.say("doc_comparison_line", **comparison))
    if comparison["missed_codes"]:
        page.paragraph(page.say("doc_missed", codes=", ".join(comparison["missed_codes"][:50])))


def _more(page: Page, count: int) -> None:
    if count > 0:
        page.paragraph(page.say("doc_more", count=count), soft=True)


def _span(seconds: float | None) -> str:
    """Write a span of time as hours, minutes and seconds."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
