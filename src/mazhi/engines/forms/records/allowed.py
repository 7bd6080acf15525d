"""What somebody may do with the records of a form at all, so that screens offer nothing that would be refused."""

from __future__ import annotations

from dataclasses import dataclass

from mazhi.engines.forms.model import Form
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.engines.forms.rights.model import ACTIONS, Action


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody may do.

    Attributes:
        actions: Each action, and whether some grant allows it; in which records is said record by record.
        writable: The ids of the fields that may be given when a record is added.
    """

    actions: dict[Action, bool]
    writable: list[str]


def allowed(form: Form, may: Reach) -> Allowed:
    """Say what the grants of somebody allow."""
    actions: dict[Action, bool] = {action: any(action in grant.actions for grant in may.grants) for action in ACTIONS}
    if not actions["create"]:
        return Allowed(actions, [])
    places = may.places("create")
    writable = [one.id for one in form.walk() if may.state(one.id, places, "create") == "writable"]
    return Allowed(actions, writable)
