"""Answers for people to look at: copying, misfit, haste, gain."""
