"""Differential item functioning between groups of persons."""
