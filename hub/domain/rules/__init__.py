"""Rules: when something happens (trigger) and all of this is so (conditions), do that (actions). Pure."""
