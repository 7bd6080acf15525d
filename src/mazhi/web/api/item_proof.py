"""The proof of one item: a file that shows its history untouched, and the same check at once."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

import mazhi
from mazhi.kernel import texts
from mazhi.kernel.sealing import proof as proofs
from mazhi.kernel.texts import Language
from mazhi.web import language
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["ledger"])

_PACKAGE = FilePath(mazhi.__file__).parent
VERIFIER = next(
    (path for path in (_PACKAGE / "verify_proof.py", _PACKAGE.parents[1] / "verify_proof.py") if path.is_file()),
    _PACKAGE / "verify_proof.py",
)
"""The stand-alone verifier: beside the package in a wheel, at the root of a checkout."""
Identifier = Annotated[str, Path(max_length=200, examples=["WM26110001"])]


class FaultOut(BaseModel):
    """One thing that is not as it was sealed."""

    code: str = Field(examples=["row_altered"])
    subject: str = Field(description="Whose it is: an item's code, or an event.", examples=["WM26110001"])
    message: str = Field(examples=["WM26110001：履历第 2 行（事件 17）被改动（区块 4）"])
    params: dict[str, Any]


class CheckpointOut(BaseModel):
    """A signed checkpoint: a block, and the root over all blocks up to it."""

    format: str = Field(examples=["mazhi-checkpoint-1"])
    number: int = Field(examples=[4])
    leaves: int = Field(description="Rows in this block.", examples=[120])
    root: str = Field(description="The root over the block's rows.")
    total: int = Field(description="Rows up to it.", examples=[48210])
    log_root: str = Field(description="The root over all blocks up to it.")
    previous: str = Field(description="The hash of the checkpoint before it.")
    sealed_at: int = Field(description="Microseconds since 1970, as signed.")
    sealed: str = Field(examples=["2026-11-21T08:00:00Z"])
    hash: str
    key: str = Field(description="The public key (Ed25519).")
    signature: str


class ItemVerified(BaseModel):
    """What a check of one item found; clean where ``faults`` is empty."""

    item: str
    rows: int = Field(description="Rows of this item that are sealed and untouched.")
    blocks: int
    waiting: int = Field(description="Rows that are not sealed yet.")
    head: CheckpointOut | None
    faults: list[FaultOut]
    qr: str | None = Field(
        description="For the QR of a printed proof: item, checkpoint and its hash.",
        examples=["MAZHI-PROOF:WM26110001:4:9f86d081884c7d65"],
    )


def told(faults: list[dict[str, Any]], lang: Language) -> list[FaultOut]:
    """Write faults in the reader's language."""
    return [
        FaultOut(
            code=one["code"],
            subject=one["subject"],
            message=texts.message(one["code"], lang, {"subject": one["subject"], **one["params"]}),
            params=one["params"],
        )
        for one in faults
    ]


def spoken_by(request: Request) -> Language:
    """Return the reader's language."""
    return language.choose(request.headers.get("accept-language", ""))


@router.get(
    "/items/{identifier:path}/proof",
    summary="Proof of one item",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}, "description": "The file for verify_proof.py."}},
)
def proof(
    identifier: Identifier,
    system: SystemDep,
    actor: ActorDep,
    namespace: Annotated[str | None, Query(max_length=200)] = None,
    checkpoint: Annotated[
        int | None, Query(ge=1, le=2**63 - 1, description="An earlier checkpoint to tie the head to.")
    ] = None,
) -> Response:
    """Export the proof of an item's history; ``verify_proof.py`` checks it without us.

    It shows that every row in it was sealed and is unaltered. Where that is not so, 409 proof_broken names the rows.
    """
    made = system.seals.proof(actor, identifier, namespace, checkpoint)
    name = "".join(one if one.isascii() and one.isalnum() else "-" for one in made["item"]["code"])[:80]
    return Response(
        proofs.spell(made),
        media_type="application/json",
        headers={"content-disposition": f'attachment; filename="proof-{name}.json"'},
    )


@router.get(
    "/items/{identifier:path}/evidence",
    summary="Evidence package of one item",
    response_class=Response,
    responses={
        200: {
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            "description": "Proof, verifier, life history and genealogy in one zip, with a page that explains them.",
        }
    },
)
def evidence(
    identifier: Identifier,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    namespace: Annotated[str | None, Query(max_length=200)] = None,
    lang: Annotated[Language | None, Query(alias="language", description="Instead of Accept-Language.")] = None,
) -> Response:
    """Pack what an auditor needs: the proof, the stand-alone verifier, the life history and genealogy on paper."""
    code, content = system.documents.evidence(
        actor, identifier, lang or spoken_by(request), VERIFIER.read_bytes(), namespace
    )
    return Response(
        content,
        media_type="application/zip",
        headers={"content-disposition": f"attachment; filename*=UTF-8''evidence-{quote(code, safe='')}.zip"},
    )


@router.post("/items/{identifier:path}/verification", summary="Verify one item")
def verification(
    identifier: Identifier,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    namespace: Annotated[str | None, Query(max_length=200)] = None,
) -> ItemVerified:
    """Compare everything that is sealed of one item with its seals, at once."""
    found = system.seals.verify_item(actor, identifier, namespace)
    head = found["head"]
    qr = None if head is None else f"MAZHI-PROOF:{found['item']}:{head['number']}:{head['hash'][:16]}"
    return ItemVerified.model_validate({**found, "faults": told(found["faults"], spoken_by(request)), "qr": qr})
