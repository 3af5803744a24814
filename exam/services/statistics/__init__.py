"""What the answers say about items, forms, groups and the cut, and changed keys."""
