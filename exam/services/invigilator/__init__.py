"""A sitting and its room: planning, start codes, the board, extra time."""
