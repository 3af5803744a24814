"""Officers and the staff lists that bring them."""
