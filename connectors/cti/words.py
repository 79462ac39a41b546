"""What a person reads where this channel cannot do something."""

NO_TEXTS = (
    "This channel carries phone calls only. Call back, or write on another of the contact's channels, such as SMS."
)
NO_ADDRESS = (
    "This telephone system takes no calls from the hub: there is no address for click-to-call in the channel's "
    "settings. Dial on your phone."
)
