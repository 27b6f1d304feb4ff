"""What this process knows of Prefect's registry: the deployments' numbers, filled in when the dispatcher starts."""

from collections.abc import Mapping
from uuid import UUID

_DEPLOYMENTS: dict[str, UUID] = {}


def remember(deployments: Mapping[str, UUID]) -> None:
    """Keep the deployments' numbers by name."""
    _DEPLOYMENTS.update(deployments)


def deployment(name: str) -> UUID:
    """The number of the deployment called `name`."""
    return _DEPLOYMENTS[name]


def name_of(id: UUID | None) -> str | None:
    """The name of the deployment with this number, or None when it is not ours."""
    return next((name for name, known in _DEPLOYMENTS.items() if known == id), None)


def act_links() -> dict[str, str]:
    """Deployment numbers by name, for links."""
    return {name: str(id) for name, id in _DEPLOYMENTS.items()}
