"""What the routes of comments, notices and public links take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from mazhi.web.form_shapes import FIELD, VALUES

Word = Annotated[str, StringConstraints(max_length=200, pattern="^[^\\x00]*$")]
FieldId = Annotated[str, StringConstraints(max_length=64)]
_KEY = "3f0c7b3e-0a0e-4c55-8d1a-0d6f7a5f9b11"


def _with(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class NewComment(BaseModel):
    """A comment to be written; ``@`` before a user name tells that user."""

    model_config = _with({"text": "@chen 请看一下压力值", "client_key": _KEY})

    text: Annotated[str, StringConstraints(max_length=20_000)]
    client_key: Annotated[str | None, StringConstraints(min_length=1, max_length=200)] = None


class CommentText(BaseModel):
    """What a comment is to say."""

    model_config = _with({"text": "@chen 压力值已复核"})

    text: Annotated[str, StringConstraints(max_length=20_000)]


class CommentOut(BaseModel):
    """A comment; a deleted one keeps its place and says nothing any more."""

    id: int
    author: str
    name: str
    at: str
    text: str
    mentions: list[str] = Field(description="User names of those whom it told.")
    edited_at: str | None
    deleted: bool
    own: bool = Field(description="Whether the reader wrote it, and may change or delete it.")


class CommentPage(BaseModel):
    """One page of comments, newest first."""

    comments: list[CommentOut]
    next: int | None


class CommentMade(BaseModel):
    """The number of the comment that was written."""

    id: int


class PersonOut(BaseModel):
    """Somebody who may see the record."""

    username: str
    name: str


class People(BaseModel):
    """Those who may be mentioned."""

    people: list[PersonOut]


class NoticeOut(BaseModel):
    """What one was told."""

    id: int
    at: str
    kind: str
    text: str
    link: str
    read: bool


class NoticePage(BaseModel):
    """One page of one's own notices, newest first."""

    notices: list[NoticeOut]
    next: int | None


class UnreadOut(BaseModel):
    """How many notices one has not read, up to 100."""

    unread: int


class NoticesReadBody(BaseModel):
    """Which notices one has read; null: all of them."""

    model_config = _with({"ids": [10041]})

    ids: Annotated[list[int], Field(max_length=1_000)] | None = None


LINK: dict[str, Any] = {
    "name": "展会登记", "role": "visitor", "fields": [FIELD["id"]], "lookups": [],
    "expires_at": "2026-12-31T16:00:00Z", "most": 500, "thanks": "谢谢，我们会尽快联系您。", "active": True,
}  # fmt: skip


class FormLinkBody(BaseModel):
    """A public link to a form."""

    model_config = _with(LINK)

    name: Word
    role: Word = Field(description="Whose rights it has: it shows only what this role may write.")
    fields: Annotated[list[FieldId], Field(max_length=1_000, description="Ids of the fields that it shows.")]
    lookups: Annotated[
        list[FieldId], Field(max_length=100, description="Ids of the references in which things may be looked up.")
    ] = []
    expires_at: AwareDatetime | None = None
    most: Annotated[int | None, Field(le=10_000_000, description="How many records it takes; null: any number.")] = None
    thanks: Annotated[str, StringConstraints(max_length=2_000, pattern="^[^\\x00]*$")] = ""
    active: bool = True


class FormLinkChange(FormLinkBody):
    """What a public link is to be."""

    model_config = _with({**LINK, "active": False, "version": 1})

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class FormLinkOut(BaseModel):
    """A public link to a form; what its address is was told once."""

    id: int
    name: str
    role: str
    fields: list[str]
    lookups: list[str]
    expires_at: datetime | None
    most: int | None
    used: int
    active: bool
    open: bool = Field(description="Whether it takes records now.")
    thanks: str
    created_at: str
    created_by: str
    version: int


class FormLinkMade(FormLinkOut):
    """A new link with its path, which is told this once."""

    path: str = Field(examples=["/p/6mV0…"])


class FormLinks(BaseModel):
    """The public links of a form, newest first."""

    links: list[FormLinkOut]


class PublicForm(BaseModel):
    """A form as whoever holds its link fills it in."""

    title: str
    fields: list[dict[str, Any]]
    kinds: list[dict[str, Any]] = Field(description="The kinds of its fields, as in ``GET /form-kinds``.")
    lookups: list[str]
    ticket: str = Field(description="To be sent back with the values.")


class PublicEntry(BaseModel):
    """What was filled in. ``website`` is a field that no person sees; leave it empty."""

    model_config = _with({"values": VALUES, "ticket": "1795…", "client_key": _KEY})

    values: dict[str, Any]
    ticket: Annotated[str, StringConstraints(max_length=100)]
    client_key: Annotated[str, StringConstraints(min_length=8, max_length=100)]
    website: Annotated[str, StringConstraints(max_length=1_000)] = ""


class PublicThanks(BaseModel):
    """What is shown when the record was sent."""

    thanks: str


class PublicOption(BaseModel):
    """One thing that can be chosen."""

    code: str
    name: str


class PublicOptions(BaseModel):
    """Things that can be chosen in a field of a public form."""

    options: list[PublicOption]
