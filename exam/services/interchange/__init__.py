"""Strangers' files of questions, read in a child process with limits."""
