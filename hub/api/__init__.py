"""JSON for our own screens and for integrators, and the screens themselves."""

from hub.api.app import add_api, create_api
from hub.api.deps import ApiDeps

__all__ = ["ApiDeps", "add_api", "create_api"]
