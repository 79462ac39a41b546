"""The channel `email`: one mailbox, received over IMAP, answered over SMTP."""
