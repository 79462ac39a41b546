"""What a person reads where this channel cannot do something."""

NO_TEXTS = (
    "This channel carries phone calls only. Call back, or write on another of the contact's channels, such as SMS."
)
