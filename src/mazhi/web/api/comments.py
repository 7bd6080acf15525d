"""Comments on records, and notices."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from mazhi.engines.forms.comments.model import Comment
from mazhi.kernel import clock
from mazhi.kernel.notices.model import Notice
from mazhi.kernel.texts import Language, message
from mazhi.web import language
from mazhi.web.api.forms import App, FormCode
from mazhi.web.api.records import RecordId
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Limit
from mazhi.web.talk_shapes import (
    CommentMade,
    CommentOut,
    CommentPage,
    CommentText,
    NewComment,
    NoticeOut,
    NoticePage,
    NoticesReadBody,
    People,
    PersonOut,
    UnreadOut,
)

router = APIRouter(tags=["comments"])

_AT = "/apps/{app}/forms/{form}/records/{record}/comments"
CommentId = Annotated[int, Path(ge=1, le=2**63 - 1, description="The comment's number.")]
Before = Annotated[int | None, Query(ge=1, le=2**63 - 1, description="The `next` of the page before.")]


@router.get(_AT, summary="Comments on a record")
def page(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode, record: RecordId, after: Before = None,
    limit: Limit = 50,
) -> CommentPage:  # fmt: skip
    """List the comments on a record that the reader may see, newest first."""
    found, more = system.comments.page(actor, app, form, record, after=after, limit=limit)
    return CommentPage(comments=[_out(one) for one in found], next=more)


@router.post(_AT, summary="Write a comment", status_code=201)
def add(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode, record: RecordId, body: NewComment
) -> CommentMade:
    """Write a comment; those whom it mentions and who may see the record are told."""
    return CommentMade(id=system.comments.add(actor, app, form, record, body.text, client_key=body.client_key))


@router.get(f"{_AT}:people", summary="Who may be mentioned")
def people(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode, record: RecordId,
    text: Annotated[str, Query(max_length=64)] = "",
) -> People:  # fmt: skip
    """Suggest users who may see the record, by part of a name."""
    found = system.comments.suggest(actor, app, form, record, text)
    return People(people=[PersonOut(username=username, name=name) for username, name in found])


@router.patch(f"{_AT}/{{comment}}", summary="Change a comment", status_code=204)
def change(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode, record: RecordId, comment: CommentId,
    body: CommentText,
) -> None:  # fmt: skip
    """Change what one's own comment says."""
    system.comments.change(actor, app, form, record, comment, body.text)


@router.delete(f"{_AT}/{{comment}}", summary="Delete a comment", status_code=204)
def delete(system: SystemDep, actor: ActorDep, app: App, form: FormCode, record: RecordId, comment: CommentId) -> None:
    """Delete one's own comment; that there was one stays in sight."""
    system.comments.delete(actor, app, form, record, comment)


@router.get("/notices", summary="One's notices")
def notices(
    request: Request, system: SystemDep, actor: ActorDep, *, unread: bool = False, after: Before = None,
    limit: Limit = 50,
) -> NoticePage:  # fmt: skip
    """List one's own notices, newest first."""
    found, more = system.notices.page(actor, unread=unread, after=after, limit=limit)
    lang = language.choose(request.headers.get("accept-language", ""))
    return NoticePage(notices=[_notice(one, lang) for one in found], next=more)


@router.get("/notices:unread", summary="How many notices are unread")
def unread(system: SystemDep, actor: ActorDep) -> UnreadOut:
    """Count one's own unread notices, up to 100."""
    return UnreadOut(unread=system.notices.unread(actor))


@router.post("/notices:read", summary="Notices were read", status_code=204)
def read(system: SystemDep, actor: ActorDep, body: NoticesReadBody) -> None:
    """Note that one has read some of one's own notices, or all."""
    system.notices.read(actor, body.ids)


def _out(one: Comment) -> CommentOut:
    return CommentOut(
        id=one.id, author=one.author, name=one.name, at=clock.to_text(one.at), text=one.text,
        mentions=list(one.mentions), edited_at=None if one.edited_at is None else clock.to_text(one.edited_at),
        deleted=one.deleted, own=one.own,
    )  # fmt: skip


def _notice(one: Notice, lang: Language) -> NoticeOut:
    return NoticeOut(
        id=one.id, at=clock.to_text(one.at), kind=one.kind, text=message(one.kind, lang, dict(one.params)),
        link=one.link, read=one.read_at is not None,
    )  # fmt: skip
