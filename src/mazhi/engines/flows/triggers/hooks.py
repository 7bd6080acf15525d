"""Webhooks (外部推送): secret addresses at which other systems leave what becomes a record, or starts a flow on one."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.engines.flows.designing import RIGHT
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.triggers import store
from mazhi.engines.flows.triggers.filling import at, picked
from mazhi.engines.flows.triggers.starting import START
from mazhi.engines.flows.triggers.store import Trigger
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, UnauthorizedError
from mazhi.kernel.outbound.fetching import read_json
from mazhi.kernel.outbound.secrets import read as read_secrets
from mazhi.kernel.posting.repeating import Request

PREFIX = "sha256="


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of something that was sent.

    Attributes:
        record: The record that was made or found.
        instance: The instance that it started; None where it started none, or it still waits to be started.
        job: The job that starts it; empty where nothing is to be started.
    """

    record: int
    instance: int | None
    job: str = ""


class Hooks:
    """The webhooks of one database."""

    def __init__(self, db: Database, ports: Ports) -> None:
        """Work on that database."""
        self._db = db
        self._ports = ports

    def renew(self, actor: Actor, app: str, flow: str, key: str) -> str:
        """Give a webhook a new secret address and return it, this once; the one before is void.

        Raises:
            NotFoundError: The flow in force has no such webhook (code ``flow_no_trigger``).
        """
        actor.require(RIGHT)
        token = secrets.token_urlsafe(32)
        with self._db.write() as tx:
            design = Designs("flow").get(tx, f"{app}/{flow}")
            found = next((one for one in store.of_flow(tx, design.id) if (one.key, one.kind) == (key, "webhook")), None)
            if found is None:
                raise NotFoundError("flow_no_trigger", item=key)
            store.set_token(tx, found.id, _hash(token))
            audit.record(tx, actor, subject="flow", key=design.code, action="renew_hook", after={"trigger": key})
        return token

    def take(self, token: str, body: bytes, *, signature: str = "", client_key: str | None = None) -> Taken:
        """Take what another system sends to an address; the same client key again changes nothing.

        Raises:
            NotFoundError: There is no such address, or no record that it names.
            UnauthorizedError: The signature is wrong (code ``flow_hook_signature``).
            InvalidInputError: It is no JSON, or its values are wrong; every fault is named.
        """
        trigger = self._known(token, body, signature)
        try:
            sent = read_json(body)
        except (ValueError, RecursionError) as error:
            raise InvalidInputError("flow_hook_not_json") from error
        taken = with_purse(lambda purse: self._take(purse, trigger, sent, client_key))
        if taken.job:
            self._ports.jobs.run_now(SYSTEM, taken.job)
            with self._db.read() as tx:
                started = store.newest(tx, trigger.flow_id, trigger.form_id, taken.record)
            return Taken(taken.record, started, taken.job)
        return taken

    def _known(self, token: str, body: bytes, signature: str) -> Trigger:
        with self._db.read() as tx:
            trigger = store.by_token(tx, _hash(token))
            if trigger is None or trigger.kind != "webhook":
                raise NotFoundError("flow_hook_unknown")
            name = str(trigger.options.get("secret") or "")
            secret = read_secrets(tx).get(name, "") if name else ""
        if name and not secret:
            raise ConflictError("flow_hook_no_secret", item=name)
        if name:
            wanted = PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
            if not hmac.compare_digest(wanted.encode(), signature.strip().lower().encode()):
                raise UnauthorizedError("flow_hook_signature")
        return trigger

    def _take(self, purse: Purse, trigger: Trigger, sent: object, client_key: str | None) -> Taken:
        key = None if client_key is None else f"{trigger.id}:{client_key}"
        with self._db.write() as tx:
            request = Request(tx, "flow_hook", SYSTEM, key, [trigger.id, sent])
            if request.answer is not None:
                return Taken(int(request.answer["record"]), request.answer["instance"], str(request.answer["job"]))
            record = self._record(tx, purse, trigger, sent)
            job = ""
            if trigger.options.get("start", True):
                starts = [{"app": trigger.app, "flow": trigger.flow, "records": [record]}]
                body = {"starts": starts, "origin": "webhook", "depth": 0, "cause": 0}
                job = self._ports.jobs.enqueue(tx, START, body, actor=SYSTEM, total=1, reserved=True)
            request.store({"record": record, "instance": None, "job": job})
        return Taken(record, None, job)

    def _record(self, tx: Tx, purse: Purse, trigger: Trigger, sent: object) -> int:
        records, options = self._ports.records, trigger.options
        values: Mapping[str, Any] = picked(options.get("mapping") or (), sent)
        if options.get("record", "new") == "new":
            return records.create(tx, SYSTEM, purse, trigger.app, trigger.form, [values])[0]
        field, value = str(options.get("field")), at(sent, str(options.get("path")))
        where = {"field": field, "is": "equal", "value": value}
        numbers = [] if value is None else records.numbers(tx, trigger.app, trigger.form, where, None, 1)
        if not numbers:
            raise NotFoundError("flow_hook_nothing_found", field=field, value=str(value))
        if values:
            records.change(tx, SYSTEM, purse, trigger.app, trigger.form, numbers[0], values, None)
        return numbers[0]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
