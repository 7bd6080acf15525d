"""Secrets for other systems, kept under names; what is behind a name is never shown."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, status
from pydantic import BaseModel, ConfigDict, Field

from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["other systems"])

SecretName = Annotated[str, Path(max_length=63, pattern="^[^\\x00]*$", description="The name of the secret.")]


class OutboundSecretBody(BaseModel):
    """What is kept."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"value": "s3cr3t", "host": "erp.example.com"}]}
    )

    value: Annotated[str, Field(min_length=1, max_length=4_000, pattern="^[^\\x00]*$")]
    host: Annotated[
        str, Field(max_length=253, pattern="^[^\\x00]*$", description="To which host alone it is sent.")
    ] = ""


class OutboundSecretsOut(BaseModel):
    """The names of all secrets."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"names": ["erp-token", "group-robot"], "hosts": {"erp-token": "erp.example.com"}}]
        }
    )

    names: list[str]
    hosts: dict[str, str] = Field(description="To which host alone one is sent, by its name; those that are bound.")


@router.get("/outbound-secrets", summary="Names of secrets for other systems")
def secrets(system: SystemDep, actor: ActorDep) -> OutboundSecretsOut:
    """Return the names that flows may say."""
    held = system.outbound_secrets
    return OutboundSecretsOut(names=held.names(actor), hosts=dict(held.bound(actor)))


@router.put("/outbound-secrets/{name}", summary="Keep a secret", status_code=status.HTTP_204_NO_CONTENT)
def keep(system: SystemDep, actor: ActorDep, name: SecretName, body: OutboundSecretBody) -> None:
    """Keep a secret under a name, in place of what was there."""
    system.outbound_secrets.set(actor, name, body.value, host=body.host)


@router.delete("/outbound-secrets/{name}", summary="Forget a secret", status_code=status.HTTP_204_NO_CONTENT)
def forget(system: SystemDep, actor: ActorDep, name: SecretName) -> None:
    """Forget a secret; flows that say its name fail there."""
    system.outbound_secrets.remove(actor, name)
