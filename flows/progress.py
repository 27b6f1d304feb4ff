"""A bar in the UI that says how far a run is."""

from dataclasses import dataclass
from uuid import UUID

from prefect.client.schemas.actions import ArtifactCreate

from flows import waiting


@dataclass(frozen=True, slots=True)
class Progress:
    """A progress artifact of this run."""

    artifact: UUID

    @classmethod
    async def begin(cls, what: str) -> "Progress":
        """A bar at nought, described by `what` is being done."""
        wanted = ArtifactCreate(type="progress", description=what, data=0.0, flow_run_id=waiting.this_run().id)
        return cls((await waiting.this_client().create_artifact(wanted)).id)

    async def reach(self, percent: float) -> None:
        """Move the bar to `percent`."""
        path = {"id": self.artifact}
        await waiting.this_client().request("PATCH", "/artifacts/{id}", path_params=path, json={"data": percent})
