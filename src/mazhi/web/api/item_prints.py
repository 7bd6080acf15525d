"""The labels of one item. A module of its own because its address lies below that of one item, which takes slashes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from mazhi.engines.labels.printing.log import LogQuestion
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Limit
from mazhi.web.print_shapes import ItemLabels, label_out

router = APIRouter(tags=["printing"])


@router.get("/items/{identifier:path}/prints", summary="Labels of an item")
def prints(
    identifier: str,
    system: SystemDep,
    actor: ActorDep,
    namespace: Annotated[str | None, Query(max_length=200)] = None,
    after: Annotated[str | None, Query(max_length=64)] = None,
    limit: Limit = 100,
) -> ItemLabels:
    """List every label that was ever ordered for an item, newest first; also those with an earlier code of it."""
    asked = LogQuestion(item=identifier, namespace=namespace)
    found, more = system.print_log.page(actor, asked, after=after, limit=limit)
    return ItemLabels(
        count=system.print_log.count(actor, identifier, namespace), labels=[label_out(one) for one in found], next=more
    )
