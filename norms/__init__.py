"""What a body must be able to do: editions of the norms, results as measured, verdicts with their grounds."""
