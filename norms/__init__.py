"""What a body must be able to: editions of the norms, results as measured, verdicts with their grounds. Pure."""
