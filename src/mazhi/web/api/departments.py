"""Departments."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.access.departments import DepartmentChange
from mazhi.kernel.access.model import Department
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["departments"])

Code = Annotated[str, Field(min_length=1, max_length=64)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Username = Annotated[str, Field(min_length=1, max_length=64)]


class DepartmentMake(BaseModel):
    """A department that is wanted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"code": "CK", "name": "仓储部", "parent": None}]},
    )

    code: Code
    name: Name
    parent: Code | None = None
    head: Username | None = Field(default=None, description="The user name of who leads it.")


class DepartmentPatch(BaseModel):
    """What to change; what is missing stays, and a null parent moves the department to the top."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"parent": "CK", "version": 1}]})

    name: Name | None = None
    parent: Code | None = None
    head: Username | None = Field(default=None, description="The user name of who leads it; null: nobody.")
    active: bool | None = None
    version: int | None = Field(default=None, description="The version that was read; another one is refused.")


class DepartmentShown(BaseModel):
    """A department."""

    code: str
    name: str
    parent: str | None
    head: str | None
    active: bool
    version: int

    @classmethod
    def of(cls, department: Department) -> Self:
        """Build it from what the kernel knows."""
        return cls(
            code=department.code,
            name=department.name,
            parent=department.parent,
            head=department.head,
            active=department.active,
            version=department.version,
        )


class DepartmentList(BaseModel):
    """Every department, those above before those below."""

    departments: list[DepartmentShown]


@router.get("/departments")
def departments(system: SystemDep, _: ActorDep) -> DepartmentList:
    """List every department, those above before those below."""
    return DepartmentList(departments=[DepartmentShown.of(found) for found in system.access.departments.all()])


@router.post("/departments", status_code=201)
def create_department(body: DepartmentMake, system: SystemDep, actor: ActorDep) -> DepartmentShown:
    """Make a department below another or at the top."""
    made = system.access.departments.create(actor, body.code, name=body.name, parent=body.parent, head=body.head)
    return DepartmentShown.of(made)


@router.get("/departments/{code:path}")
def department(code: str, system: SystemDep, _: ActorDep) -> DepartmentShown:
    """Return one department."""
    return DepartmentShown.of(system.access.departments.get(code))


@router.patch("/departments/{code:path}")
def change_department(code: str, body: DepartmentPatch, system: SystemDep, actor: ActorDep) -> DepartmentShown:
    """Change or move a department; what is below it moves along."""
    changes = DepartmentChange()
    if body.name is not None:
        changes["name"] = body.name
    if "parent" in body.model_fields_set:
        changes["parent"] = body.parent
    if "head" in body.model_fields_set:
        changes["head"] = body.head
    if body.active is not None:
        changes["active"] = body.active
    return DepartmentShown.of(system.access.departments.change(actor, code, changes, version=body.version))


@router.delete("/departments/{code:path}", status_code=204, response_class=Response)
def delete_department(code: str, system: SystemDep, actor: ActorDep) -> None:
    """Remove a department that has neither users nor departments below it."""
    system.access.departments.delete(actor, code)
