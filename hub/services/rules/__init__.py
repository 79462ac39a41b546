"""Rules at work: kept in versions, run exactly once for what happened, tried on what was."""
