"""Summaries, timelines, stakeholders and questions from one YAML digest of an agreement."""

__version__ = "0.1.0"
