"""Accounts: entering with one, and keeping them."""
