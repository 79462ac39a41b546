"""What the command `hub` does besides serving: one module for each subject, called by `hub.cli`."""
