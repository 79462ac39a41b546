"""Actions of rules and macros: read from JSON, checked against what there is, carried out in one unit of work."""

from hub.services.actions.carrying import Acting, Done, carry_out
from hub.services.actions.checking import checked
from hub.services.actions.reading import Actions, json_of, json_schema, read_actions

__all__ = ["Acting", "Actions", "Done", "carry_out", "checked", "json_of", "json_schema", "read_actions"]
