"""Responses and keys as sheets of text."""
