"""How customers say whether they were helped: surveys (whom to ask, in which words), ratings (what they answered)."""
