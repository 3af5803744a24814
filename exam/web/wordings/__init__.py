"""Codes into sentences, a module per thread: REFUSALS and GROUNDS, in the language of the page."""
