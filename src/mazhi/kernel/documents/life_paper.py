"""The life of an item on paper: what it is, what is in it, and everything that happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.kernel.documents import words
from mazhi.kernel.documents.page import Page
from mazhi.kernel.exporting.model import word


def life(
    page: Page,
    item: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]],
    parts: Sequence[Mapping[str, Any]],
    states: Mapping[str, str],
    head: Mapping[str, Any] | None,
) -> bytes:
    """Set the life of an item."""
    say, language = page.say, page.language
    warranty = item["warranty"]
    page.facts(
        [
            (say("doc_product"), item["product"]),
            (say("doc_batch"), item["batch"]),
            (say("doc_state"), states.get(item["state"] or "", item["state"])),
            (say("doc_quality"), word(item["quality"], language)),
            (say("doc_marks"), ", ".join(word(mark, language) or "" for mark in item["marks"])),
            (say("doc_place"), item["place"]),
            (say("doc_parent"), item["parent"]),
            (say("doc_holder"), item["holder"]),
            (say("doc_owner"), item["owner"]),
            (say("doc_born"), page.time(item["born_at"])),
            (say("doc_warranty"), f"{warranty['start']} – {warranty['end'] or ''}" if warranty["start"] else None),
            (
                say("doc_identifiers"),
                ", ".join(f"{one['namespace']}: {one['value']}" for one in item["identifiers"]),
            ),
        ]
    )
    if parts:
        page.heading(say("doc_parts"))
        head_row = [say("doc_code"), say("doc_product"), say("doc_batch")]
        page.table(head_row, [(_indented(one), one["product"], one["batch"]) for one in parts], (40, 30, 30))
    page.heading(say("doc_timeline"))
    page.table(
        [say("doc_when"), say("doc_operation"), say("doc_state_change"), say("doc_place"), say("doc_document"),
         say("doc_actor")],
        [
            (
                page.time(event["occurred_at"]), words.operation(event["operation"], language),
                words.change(states, event), event["to"]["place"] or event["partner"], event["document"],
                event["actor"],
            )
            for event in events
        ],
        (26, 18, 26, 18, 24, 18),
    )  # fmt: skip
    if head is not None:
        page.heading(say("doc_proof"))
        page.paragraph(say("doc_proof_root", block=head["number"]))
        page.code_line(str(head["root"]))
    return page.done()


def _indented(node: Mapping[str, Any]) -> str:
    return "· " * (int(node["depth"]) - 1) + str(node["code"])
