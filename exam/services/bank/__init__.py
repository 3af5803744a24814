"""Items, their life, the acts they stand on, and the forms made of them."""
