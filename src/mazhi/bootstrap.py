"""The one place that builds everything and hands it round."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mazhi.engines.flows.bpmn.service import Bpmn
from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.due import Due
from mazhi.engines.flows.leaving import Leaving
from mazhi.engines.flows.lists.service import WorkList
from mazhi.engines.flows.managing import Managing
from mazhi.engines.flows.migrating.service import Migrating
from mazhi.engines.flows.outside.sending import Sending
from mazhi.engines.flows.people.delegations import Delegations
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.scans.service import TaskScans
from mazhi.engines.flows.service import Running
from mazhi.engines.flows.statistics.service import Statistics
from mazhi.engines.flows.triggers.service import Triggers
from mazhi.engines.flows.trying import Trials
from mazhi.engines.flows.waking import Waking
from mazhi.engines.forms.bindings.service import Bindings
from mazhi.engines.forms.comments.service import Comments
from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.exchange.exporting import RecordExports
from mazhi.engines.forms.exchange.importing import Imports
from mazhi.engines.forms.files.service import RecordFiles
from mazhi.engines.forms.parts.service import Parts
from mazhi.engines.forms.queries.service import Queries
from mazhi.engines.forms.records.grouping import Grouping
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.records.watching import Watchers
from mazhi.engines.forms.records.within import RecordsWithin
from mazhi.engines.forms.scan_lists.service import ScanLists
from mazhi.engines.forms.sharing.service import Links, PublicForms
from mazhi.engines.forms.views.service import FormViews
from mazhi.engines.labels.printers.service import Printers
from mazhi.engines.labels.printing import wiring as printing
from mazhi.engines.labels.printing.log import PrintLog
from mazhi.engines.labels.printing.ordering import Orders
from mazhi.engines.labels.printing.service import Printing
from mazhi.engines.labels.printing.spooler import Spooler
from mazhi.engines.labels.templates.service import Labels
from mazhi.kernel.access.service import Access
from mazhi.kernel.batches.service import Batches
from mazhi.kernel.boms.service import Boms
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.counts.service import Counts
from mazhi.kernel.db import Database
from mazhi.kernel.documents.service import Documents
from mazhi.kernel.events.service import Events
from mazhi.kernel.exporting.service import Exports
from mazhi.kernel.files.service import Files
from mazhi.kernel.genealogy.exporting import GenealogyExports
from mazhi.kernel.genealogy.service import Genealogy
from mazhi.kernel.importing.service import Importing
from mazhi.kernel.importing.writer import LedgerWriter
from mazhi.kernel.items.service import Items
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.mailing.service import Mailing
from mazhi.kernel.making.service import Making
from mazhi.kernel.migrations import migrate
from mazhi.kernel.notices.by_mail import NoticeMail
from mazhi.kernel.notices.service import Notices
from mazhi.kernel.outbound.hosts import Hosts
from mazhi.kernel.outbound.secrets import Secrets
from mazhi.kernel.packaging.service import Packaging
from mazhi.kernel.partners.service import Partners
from mazhi.kernel.periods.service import Periods
from mazhi.kernel.personal.service import Personal
from mazhi.kernel.places.service import Places
from mazhi.kernel.posting.service import Posting
from mazhi.kernel.products.service import Products
from mazhi.kernel.recalls.exporting import RecallExport
from mazhi.kernel.recalls.service import Recalls
from mazhi.kernel.reservations.service import Reservations
from mazhi.kernel.rolls.binding import RollBinding
from mazhi.kernel.rolls.exporting import RollExport
from mazhi.kernel.rolls.reading import RollReading
from mazhi.kernel.rolls.service import Rolls
from mazhi.kernel.scanning.service import Scanning
from mazhi.kernel.sealing.publishing import Publishing
from mazhi.kernel.sealing.service import Seals
from mazhi.kernel.stock.service import Stock
from mazhi.kernel.tracking_change.counting import Counting
from mazhi.kernel.tracking_change.service import TrackingChanges


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; see the README's table of settings."""

    database_url: str
    data: Path
    admin_password: str | None = None
    publishing: Publishing | None = None
    shown_hosts: tuple[str, ...] = ()
    """From where forms may show pages, pictures and videos, as ``https://host``; from nowhere unless it is said."""
    mail: Mailing | None = None
    """Where mail is handed to; none is sent without it."""
    site: str = ""
    """Where people find the system, as ``https://mazhi.example.com``; mails then carry links."""

    @classmethod
    def from_environment(cls) -> Settings:
        """Read ``MAZHI_DATABASE_URL``, ``MAZHI_DATA``, ``MAZHI_ADMIN_PASSWORD`` and the rest.

        Raises:
            ValueError: One of them cannot be read.
        """
        data = Path(os.environ.get("MAZHI_DATA", "data")).absolute()
        return cls(
            database_url=os.environ.get("MAZHI_DATABASE_URL") or f"sqlite:///{data / 'mazhi.db'}",
            data=data,
            admin_password=os.environ.get("MAZHI_ADMIN_PASSWORD"),
            publishing=Publishing.from_environment(),
            shown_hosts=_hosts(os.environ.get("MAZHI_SHOWN_HOSTS", "")),
            mail=Mailing.from_environment(),
            site=_site(os.environ.get("MAZHI_SITE", "")),
        )


_HOST = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")


def _site(text: str) -> str:
    if text and not _HOST.fullmatch(text.rstrip("/")):
        raise ValueError(f"MAZHI_SITE: {text!r} is not like https://host")
    return text.rstrip("/")


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(text.replace(",", " ").split())
    for one in hosts:
        if not _HOST.fullmatch(one):
            raise ValueError(f"MAZHI_SHOWN_HOSTS: {one!r} is not like https://host")
    return hosts


@dataclass(frozen=True, slots=True)
class System:
    """Every service, built once."""

    settings: Settings
    db: Database
    counters: Counters
    item_ids: Ids
    event_ids: Ids
    access: Access
    life_cycles: LifeCycles
    products: Products
    places: Places
    partners: Partners
    batches: Batches
    items: Items
    stock: Stock
    codes: CodeRules
    posting: Posting
    scanning: Scanning
    jobs: Jobs
    importing: Importing
    exports: Exports
    making: Making
    genealogy: Genealogy
    boms: Boms
    packaging: Packaging
    genealogy_exports: GenealogyExports
    periods: Periods
    tracking_changes: TrackingChanges
    counting: Counting
    events: Events
    rolls: Rolls
    roll_binding: RollBinding
    roll_reading: RollReading
    roll_export: RollExport
    recalls: Recalls
    recall_export: RecallExport
    counts: Counts
    reservations: Reservations
    documents: Documents
    seals: Seals
    personal: Personal
    labels: Labels
    forms: Forms
    records: Records
    files: Files
    record_files: RecordFiles
    scan_lists: ScanLists
    bindings: Bindings
    form_parts: Parts
    form_queries: Queries
    outbound_hosts: Hosts
    record_imports: Imports
    record_exports: RecordExports
    notices: Notices
    comments: Comments
    form_links: Links
    public_forms: PublicForms
    grouping: Grouping
    form_views: FormViews
    printers: Printers
    printing: Printing
    print_log: PrintLog
    spooler: Spooler
    flows: Flows
    delegations: Delegations
    work_list: WorkList
    due: Due
    managing: Managing
    running: Running
    waking: Waking
    outbound_secrets: Secrets
    task_scans: TaskScans
    triggers: Triggers
    flow_bpmn: Bpmn
    flow_migrating: Migrating
    flow_statistics: Statistics
    flow_trials: Trials

    def start(self) -> None:
        """Start what runs in the background."""
        for service in self._background():
            service.start()

    def stop(self) -> None:
        """Stop what runs in the background, in an orderly way."""
        for service in reversed(self._background()):
            service.stop()

    def _background(self) -> list[Any]:
        names = ("seals", "triggers", "jobs", "spooler")
        return [service for name in names if (service := getattr(self, name, None)) is not None]


def build(settings: Settings) -> System:
    """Open the database, bring its tables up to date and wire every service."""
    settings.data.mkdir(parents=True, exist_ok=True)
    db = Database(settings.database_url)
    migrate(db)
    access = Access(db)
    access.seed()
    life_cycles = LifeCycles(db)
    life_cycles.seed()
    counters = Counters(db)
    item_ids = Ids(counters, "item", block=10_000)
    event_ids = Ids(counters, "event")
    jobs = Jobs(db, settings.data / "files")
    items = Items(db)
    codes = CodeRules(db, counters)
    posting = Posting(db, life_cycles, event_ids)
    recalls = Recalls(db, posting, jobs, items, counters, event_ids)
    genealogy = Genealogy(db, items)
    seals = Seals(db, jobs, items, settings.data / "keys", settings.publishing)
    scanning = Scanning(db, items.by_ids)
    labels = Labels(db, life_cycles)
    watchers = Watchers()
    records = Records(db, Ids(counters, "record"), codes, watchers)
    notices = Notices(db, Ids(counters, "notice"), NoticeMail(db, jobs, settings.mail, site=settings.site))
    prints = printing.build(db, labels, jobs.files, items, scanning, settings.data)
    making = Making(db, codes, life_cycles, jobs, item_ids, event_ids)
    counts = Counts(db, scanning, posting, jobs, event_ids)
    reservations = Reservations(db, life_cycles)
    within = RecordsWithin(Ids(counters, "record"), codes, watchers)
    ports = Ports(
        records=within, posting=posting, notices=notices, jobs=jobs, codes=codes, making=making,
        confirm=access.sign_in.confirm, labels=Orders(prints.printing), recalls=recalls, mail=settings.mail,
        counts=counts, reservations=reservations,
    )  # fmt: skip
    flows = Flows(db, ports)
    forms = Forms(db)
    forms.builders.append(flows.faults_on_form)
    running = Running(db, flows, ports)
    waking = Waking(db, running, jobs)
    Sending(db, ports, waking)
    access.users.left.append(Leaving(db, running, jobs).left)
    triggers = Triggers(db, flows, running, ports, scanning)
    watchers.add(triggers.watching)
    return System(
        settings=settings,
        db=db,
        counters=counters,
        item_ids=item_ids,
        event_ids=event_ids,
        access=access,
        life_cycles=life_cycles,
        products=Products(db, life_cycles),
        places=Places(db),
        partners=Partners(db),
        batches=Batches(db),
        items=items,
        stock=Stock(db),
        codes=codes,
        genealogy=genealogy,
        boms=Boms(db),
        packaging=Packaging(db, items),
        genealogy_exports=GenealogyExports(db, jobs, items, life_cycles),
        making=making,
        posting=posting,
        rolls=Rolls(db, codes),
        roll_binding=RollBinding(db, life_cycles, posting, item_ids, event_ids),
        roll_reading=RollReading(db),
        roll_export=RollExport(db, jobs),
        recalls=recalls,
        counts=counts,
        reservations=reservations,
        recall_export=RecallExport(db, jobs, recalls.reading, life_cycles),
        documents=Documents(db, life_cycles, items, recalls, genealogy, seals),
        seals=seals,
        personal=Personal(db),
        labels=labels,
        forms=forms,
        files=Files(db, Ids(counters, "file", block=100), jobs, settings.data / "library"),
        record_files=RecordFiles(db),
        records=records,
        record_imports=Imports(db, jobs, records),
        record_exports=RecordExports(db, jobs, records),
        notices=notices,
        comments=Comments(db, Ids(counters, "comment"), notices),
        form_links=Links(db, Ids(counters, "form_link", block=10)),
        public_forms=PublicForms(db, records),
        grouping=Grouping(db),
        form_views=FormViews(db),
        scan_lists=ScanLists(db, scanning),
        bindings=Bindings(db, items),
        form_parts=Parts(db),
        form_queries=Queries(db),
        outbound_hosts=Hosts(db),
        scanning=scanning,
        printers=prints.printers,
        printing=prints.printing,
        print_log=prints.log,
        spooler=prints.spooler,
        flows=flows,
        delegations=Delegations(db, notices),
        work_list=WorkList(db, flows, ports),
        due=Due(db, running, jobs),
        managing=Managing(db, running),
        running=running,
        waking=waking,
        outbound_secrets=Secrets(db),
        task_scans=TaskScans(db, running, scanning, life_cycles),
        triggers=triggers,
        flow_bpmn=Bpmn(db, flows),
        flow_migrating=Migrating(db, flows, running, ports),
        flow_statistics=Statistics(db, flows),
        flow_trials=Trials(db, flows, ports),
        jobs=jobs,
        importing=Importing(db, jobs, life_cycles, LedgerWriter(db, item_ids, event_ids)),
        periods=Periods(db),
        tracking_changes=TrackingChanges(db, codes, item_ids, event_ids),
        counting=Counting(db, item_ids, event_ids),
        events=Events(db, posting),
        exports=Exports(db, jobs, items, life_cycles),
    )
