"""The candidate at his terminal: from the start code to the scored attempt."""
