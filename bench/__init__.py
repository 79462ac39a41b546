"""Benchmarks: one command each. Each prints its figure beside a ceiling measured in the same run."""
