"""The cut: how it may be set, and how surely it tells who passes."""
