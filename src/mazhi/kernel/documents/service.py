"""What a user does with documents: letters and reports of recalls, the life of an item.

What sets the type is loaded with the first paper: it would be a quarter of the time that every start takes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.documents import evidence, words
from mazhi.kernel.documents.words import MOST_ROWS
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.genealogy.service import Genealogy, Question
from mazhi.kernel.items.service import Items
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.recalls.model import Where
from mazhi.kernel.recalls.service import Recalls
from mazhi.kernel.sealing import proof as proofs
from mazhi.kernel.sealing.service import Seals
from mazhi.kernel.texts import Language

PAGE = 500
MOST_EVENTS = 5000


class Documents:
    """Sets documents as PDF."""

    def __init__(
        self, db: Database, life_cycles: LifeCycles, items: Items, recalls: Recalls, genealogy: Genealogy, seals: Seals
    ) -> None:
        self._db = db
        self._life_cycles = life_cycles
        self._items = items
        self._recalls = recalls
        self._genealogy = genealogy
        self._seals = seals

    def recall_letter(self, actor: Actor, number: str, partner: str, language: Language) -> bytes:
        """Set the letter to one partner who has pieces of a recall.

        Raises:
            NotFoundError: There is no such recall, or the partner had nothing of it.
        """
        recall = self._recalls.reading.get(actor, number)
        rows, count, about = self._recalls.reading.of_partner(actor, number, partner, MOST_ROWS)
        if about is None:
            raise NotFoundError("partner_not_in_recall", recall=number, partner=partner)
        from mazhi.kernel.documents import recall_papers
        from mazhi.kernel.documents.page import Page

        page = Page(language, _title("doc_letter_title", language), number=number)
        return recall_papers.letter(page, recall, about, rows, count)

    def recall_report(self, actor: Actor, number: str, language: Language) -> bytes:
        """Set the report of a recall.

        Raises:
            NotFoundError: There is no such recall.
        """
        recall = self._recalls.reading.get(actor, number)
        comparison = self._recalls.comparison.compare(actor, number)
        rows: list[dict[str, Any]] = []
        after: str | None = None
        while len(rows) < MOST_ROWS:
            found, after = self._recalls.reading.items(actor, number, Where(), after=after, limit=PAGE)
            rows += found
            if after is None:
                break
        code = "doc_report_mock_title" if recall["mock"] else "doc_report_title"
        from mazhi.kernel.documents import recall_papers
        from mazhi.kernel.documents.page import Page

        page = Page(language, _title(code, language), number=number)
        return recall_papers.report(page, recall, self._states(language), rows, comparison)

    def life(self, actor: Actor, identifier: str, language: Language, namespace: str | None = None) -> bytes:
        """Set the life of an item: facts, identifiers, what is in it, what happened, and the seal on it.

        Raises:
            NotFoundError: Nothing has this identifier.
            ConflictError: Several items have it.
        """
        item = self._items.find(actor, identifier, namespace)
        events: list[dict[str, Any]] = []
        after: int | None = 0
        while after is not None and len(events) < MOST_EVENTS:
            found, after = self._items.history(actor, identifier, namespace=namespace, after=after, limit=PAGE)
            events += found
        traced = self._genealogy.of_item(actor, identifier, Question(limit=PAGE), namespace=namespace)
        parts = [node for node in traced["nodes"] if node["depth"] > 0]
        verified = self._seals.verify_item(actor, identifier, namespace)
        head = verified["head"] if not verified["faults"] else None
        from mazhi.kernel.documents import life_paper
        from mazhi.kernel.documents.page import Page

        page = Page(language, _title("doc_life_title", language), number=item["code"])
        return life_paper.life(page, item, events, parts, self._states(language), head)

    def genealogy(
        self, actor: Actor, identifier: str, question: Question, language: Language, namespace: str | None = None
    ) -> bytes:
        """Set what is inside an item, or what it is inside of, level by level.

        Raises:
            NotFoundError: Nothing has this identifier.
            ConflictError: Several items have it.
        """
        pages: list[dict[str, Any]] = []
        asked = replace(question, limit=PAGE, after=None)
        while not pages or (pages[-1]["next"] is not None and len(pages) * PAGE < MOST_ROWS):
            asked = replace(asked, after=pages[-1]["next"] if pages else None)
            pages.append(self._genealogy.of_item(actor, identifier, asked, namespace=namespace))
        from mazhi.kernel.documents import tree_paper
        from mazhi.kernel.documents.page import Page

        traced = tree_paper.gathered(pages)
        page = Page(language, _title("doc_tree_title", language), number=traced["nodes"][0]["code"])
        return tree_paper.tree(
            page, traced, self._states(language),
            direction=question.direction, at=question.when.at, ever=question.when.ever,
        )  # fmt: skip

    def evidence(
        self, actor: Actor, identifier: str, language: Language, verifier: bytes, namespace: str | None = None
    ) -> tuple[str, bytes]:
        """Pack everything about one item for an auditor; return its code and the zip.

        Raises:
            NotFoundError: Nothing has this identifier.
            ConflictError: Several items have it, or its history was altered (``proof_broken``).
        """
        proof = self._seals.proof(actor, identifier, namespace, None)
        verified = self._seals.verify_item(actor, identifier, namespace)
        keys = {one["key"]: one["fingerprint"] for one in self._seals.overview(actor)["keys"]}
        trees = {
            way: self._genealogy.of_item(actor, identifier, Question(way, limit=MOST_ROWS), namespace=namespace)
            for way in evidence.WAYS
        }
        papers = {way: self.genealogy(actor, identifier, Question(way), language, namespace) for way in evidence.WAYS}
        names = {kind: evidence.file_name(kind, language) for kind in evidence.NAMES}
        files = {
            evidence.PROOF: proofs.spell(proof),
            evidence.VERIFIER: verifier,
            names["life"]: self.life(actor, identifier, language, namespace),
            **{names[way]: paper for way, paper in papers.items()},
            names["trees"]: evidence.spell(trees),
        }
        code = str(proof["item"]["code"])
        told = {"rows": verified["rows"], "key": keys.get(str(proof["key"]), "-")}
        return code, evidence.pack(code, files, told, language)

    def _states(self, language: Language) -> dict[str, str]:
        with self._db.read() as tx:
            return words.states(tx, self._life_cycles, language)


def _title(code: str, language: Language) -> str:
    from mazhi.kernel import texts

    return texts.message(code, language, {})
