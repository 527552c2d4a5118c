"""Kolada for tests: what it has, what it answers, and how it misbehaves."""
