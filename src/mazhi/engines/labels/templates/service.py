"""What a user does with label templates: draw, publish, take back, look at, render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Literal

from mazhi.engines.labels.data import store as data_store
from mazhi.engines.labels.data.loading import Loader, resolve
from mazhi.engines.labels.data.model import LabelData, sample
from mazhi.engines.labels.model import parse, upgraded
from mazhi.engines.labels.templates import preview as previews
from mazhi.engines.labels.templates import store
from mazhi.engines.labels.templates.fields import needs_of
from mazhi.engines.labels.templates.images import LabelImages
from mazhi.engines.labels.templates.ready import ReadyLabel, ready_labels
from mazhi.engines.labels.templates.run import Run, media_of
from mazhi.engines.labels.writers import png, tspl, zpl
from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.designs.model import Design, Draft, Version
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, InvalidInputError, TooLargeError, invalid
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.master_data.model import Page

EDIT = "labels.edit"
PRINT = "labels.print"
MOST_RENDERED = 10_000
CHECK_DPI = 300
_IN_MEMORY = 32 * 1024 * 1024
_AT_ONCE = 256 * 1024
Format = Literal["png", "pdf", "zpl", "tspl"]
MEDIA_TYPES: dict[str, str] = {
    "png": "image/png",
    "pdf": "application/pdf",
    "zpl": "application/vnd.zebra.zpl",
    "tspl": "application/octet-stream",
}
Items = Sequence[tuple[str, str | None]]
Records = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Label:
    """A template with what was drawn.

    Attributes:
        design: Code, name, version, draft.
        template: In force; the draft's where nothing was published yet.
        draft: Not published yet.
    """

    design: Design
    template: Mapping[str, Any]
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class Rendered:
    """Labels as bytes."""

    chunks: Iterator[bytes]
    media_type: str
    name: str


class Labels:
    """The label templates of one database."""

    def __init__(self, db: Database, life_cycles: LifeCycles) -> None:
        self._db = db
        self._designs = Designs("label")
        self._loader = Loader(life_cycles)
        self.images = LabelImages(db)

    def find(
        self, *, text: str | None = None, active: bool | None = None, after: str | None = None, limit: int = 100
    ) -> Page[Label]:
        """Return one page of templates in the order of their codes."""
        with self._db.read() as tx:
            page = self._designs.find(tx, text=text, active=active, after=after, limit=limit)
            bodies = store.bodies(tx, page.rows)
        return Page([Label(one, bodies.get(one.id, {}), one.draft) for one in page.rows], page.next)

    def get(self, code: str) -> Label:
        """Return one template.

        Raises:
            NotFoundError: There is none (code ``unknown_label``).
        """
        with self._db.read() as tx:
            return self._label(tx, self._designs.get(tx, code))

    def _label(self, tx: Tx, design: Design) -> Label:
        draft = self._designs.draft(tx, design) if design.draft else None
        body = self._designs.body(tx, design) if design.version else (draft.body if draft else {})
        return Label(design, upgraded(body), draft)

    def create(self, actor: Actor, code: str, name: str, template: Mapping[str, Any], *, publish: bool = True) -> Label:
        """Add a template, published at once or as a draft.

        Raises:
            InvalidInputError: Something is wrong with it; every fault is named with its pointer.
            ConflictError: The code is taken (code ``already_exists``).
        """
        actor.require(EDIT)
        body = _publishable(template) if publish else _drawn(template)
        with self._db.write() as tx:
            return self._label(tx, self._designs.create(tx, actor, code, name, body, publish=publish))

    def change(self, actor: Actor, code: str, *, name: str | None = None, active: bool | None = None) -> Label:
        """Rename a template, or take it out of use or back into it."""
        actor.require(EDIT)
        with self._db.write() as tx:
            if name is not None:
                self._designs.rename(tx, actor, code, name)
            if active is not None:
                self._designs.set_active(tx, actor, code, active=active)
            return self._label(tx, self._designs.get(tx, code))

    def versions(self, code: str) -> list[Version]:
        """Return every version, newest first."""
        with self._db.read() as tx:
            return self._designs.versions(tx, self._designs.get(tx, code))

    def version(self, code: str, number: int) -> Mapping[str, Any]:
        """Return what was drawn in one version.

        Raises:
            NotFoundError: There is no such version (code ``unknown_version``).
        """
        with self._db.read() as tx:
            return upgraded(self._designs.body(tx, self._designs.get(tx, code), number))

    def save_draft(
        self, actor: Actor, code: str, base: int, template: Mapping[str, Any], revision: int | None = None
    ) -> Draft:
        """Save what was drawn on top of a version, however incomplete it is.

        Raises:
            ConflictError: Somebody published or saved meanwhile, with who and when.
        """
        actor.require(EDIT)
        body = _drawn(template)
        with self._db.write() as tx:
            return self._designs.save_draft(tx, actor, code, body, base=base, revision=revision)

    def discard_draft(self, actor: Actor, code: str) -> None:
        """Drop the draft.

        Raises:
            ConflictError: Nothing was published yet, so there would be nothing left (code ``label_only_draft``).
        """
        actor.require(EDIT)
        with self._db.write() as tx:
            if not self._designs.get(tx, code).version:
                raise ConflictError("label_only_draft", item=code)
            self._designs.discard_draft(tx, actor, code)

    def publish(self, actor: Actor, code: str, base: int, note: str = "") -> Version:
        """Make the next version of the draft.

        Raises:
            ConflictError: Somebody published meanwhile (``publish_conflict``), or there is no draft
                (``label_no_draft``).
            InvalidInputError: Something is wrong with the draft; every fault is named with its pointer.
        """
        actor.require(EDIT)
        with self._db.write() as tx:
            draft = self._designs.draft(tx, self._designs.held(tx, code, base))
            if draft is None:
                raise ConflictError("label_no_draft", item=code)
            return self._designs.publish(tx, actor, code, _publishable(draft.body), base=base, note=note)

    def restore(self, actor: Actor, code: str, number: int) -> Draft:
        """Make a draft of an earlier version.

        Raises:
            NotFoundError: There is no such version.
        """
        actor.require(EDIT)
        with self._db.write() as tx:
            return self._designs.restore(tx, actor, code, number)

    def ready(self) -> Sequence[ReadyLabel]:
        """Return the templates that come with the system, to begin with."""
        return ready_labels()

    def prepare(
        self,
        actor: Actor,
        code: str,
        items: Items,
        records: Records,
        *,
        version: int | None = None,
        dpi: int = CHECK_DPI,
    ) -> Run:
        """Prepare labels of the published version, or of a certain one, for items, records, or pairs of both.

        Everything is checked before anything is printed.

        Raises:
            NotFoundError: There is no such template or version.
            ConflictError: It is out of use (code ``label_inactive``).
            InvalidInputError: Items that are unknown or ambiguous, or labels that cannot be printed: all are named.
        """
        run = self._run(actor, code, items, records, version)
        run.check(dpi)
        return run

    def _run(self, actor: Actor, code: str, items: Items, records: Records, version: int | None) -> Run:
        """Read template and data; whether the labels can be printed is not looked at."""
        with self._db.read() as tx:
            design = self._designs.get(tx, code)
            if not design.active and version is None:
                raise ConflictError("label_inactive", item=code)
            number = design.version if version is None else version
            template = parse(self._designs.body(tx, design, number))
            needs = needs_of(template)
            data = self._loader.load(tx, resolve(tx, actor, items), records, names=needs.names)
            if not data:
                raise invalid("/items", "label_nothing_to_print")
            images = self.images.load(tx, needs.images)
        run = Run(code, number, template, data, images, actor.name)
        run.at(clock.now())
        return run

    def render(
        self, actor: Actor, code: str, items: Items, records: Records, format_: Format, dpi: int = 203,
        *, version: int | None = None, start: int = 1, on_sheets: bool = True, copies: int = 1,
    ) -> Rendered:  # fmt: skip
        """Render labels as a file, each so many times; nothing is logged as printed.

        Raises:
            TooLargeError: More than 10,000 at once, copies included (code ``label_too_many``).
            InvalidInputError: Several labels as PNG (code ``label_png_single``), or what ``prepare`` finds.
        """
        actor.require(PRINT)
        count = max(len(items), len(records)) * copies
        if count > MOST_RENDERED:
            raise TooLargeError("label_too_many", count=count, most=MOST_RENDERED)
        if format_ == "png" and count > 1:
            raise InvalidInputError("label_png_single", count=count)
        run = self._run(actor, code, items, records, version)
        # Laid out once: whatever is written is only given away when the last label has turned out to be good.
        laids = run.checked(dpi)
        if format_ == "pdf":
            chunks = iter([run.pdf(laids, start, on_sheets=on_sheets, copies=copies)])
        elif format_ == "png":
            chunks = iter(list(png.write(laids)))
        else:
            writer = zpl.write if format_ == "zpl" else tspl.write
            chunks = _kept(writer(laids, media_of(run.template, copies=copies)))
        return Rendered(chunks, MEDIA_TYPES[format_], f"{code}.{format_}")

    def preview(
        self,
        actor: Actor,
        template: Mapping[str, Any],
        dpi: int,
        *,
        item: tuple[str, str | None] | None = None,
        record: Mapping[str, Any] | None = None,
    ) -> previews.Preview:
        """Show a template that need not be stored, with real data or that of the examples.

        Raises:
            InvalidInputError: Something is wrong with the template, or the item is unknown; all faults are named.
        """
        drawn = parse(template)
        needs = needs_of(drawn)
        with self._db.read() as tx:
            data = self._sample(tx, actor, item, record)
            images = self.images.load(tx, needs.images)
        return previews.preview(drawn, data, dpi, images)

    def sample(self, actor: Actor, item: tuple[str, str | None] | None = None, product: str | None = None) -> LabelData:
        """Return the data of an item, of a product's latest item, or that of the examples."""
        with self._db.read() as tx:
            if item is None and product is not None and actor.may("items.view"):
                code = data_store.latest_code(tx, product, actor.areas("items.view"))
                item = None if code is None else (code, None)
            return self._sample(tx, actor, item, None)

    def _sample(
        self, tx: Tx, actor: Actor, item: tuple[str, str | None] | None, record: Mapping[str, Any] | None
    ) -> LabelData:
        now = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
        if item is None:
            return sample(record, now=now)
        try:
            ids = resolve(tx, actor, [item])
        except InvalidInputError as error:
            for problem in error.problems:
                raise invalid("/item", problem.code, **problem.params) from None
            raise
        run = {"now": now, "user": actor.name, "printer": ""}
        found = self._loader.load(tx, ids, [record] if record else [], run=run)[0]
        found.made_up = True
        return found

    def host(self) -> str:
        """Return the address that digital links begin with."""
        with self._db.read() as tx:
            return data_store.host(tx)

    def set_host(self, actor: Actor, value: str) -> str:
        """Set the address that digital links begin with, such as ``https://id.example.com``.

        Raises:
            InvalidInputError: It is no such address.
        """
        actor.require(EDIT)
        wanted = value.strip().rstrip("/")
        if not data_store.is_host(wanted):
            raise invalid("/digital_link_host", "label_host_wrong", value=value[:100])
        with self._db.write() as tx:
            before = data_store.host(tx)
            data_store.set_host(tx, wanted)
            audit.record(
                tx, actor, subject="setting", key=data_store.HOST, action="change",
                before={"value": before}, after={"value": wanted},
            )  # fmt: skip
        return wanted


def _kept(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Write chunks down, in memory while they are few, and give them again."""
    kept = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by whoever reads it
    try:
        kept.writelines(chunks)
        kept.seek(0)
    except BaseException:
        kept.close()
        raise
    return _read(kept)


def _read(kept: IO[bytes]) -> Iterator[bytes]:
    with kept:
        while chunk := kept.read(_AT_ONCE):
            yield chunk


def _publishable(template: Mapping[str, Any]) -> Mapping[str, Any]:
    parse(template)
    return upgraded(template)


def _drawn(template: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take a draft, which may be incomplete but not of a newer format."""
    return upgraded(template)
