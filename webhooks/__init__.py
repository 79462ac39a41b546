"""The one door for providers: signature, journal, answer."""
