"""Transcripts: made by an engine, edited with their history, and what is taken out of them and of the sound."""
