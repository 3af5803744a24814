"""The fitness norms: heats, measurements, results."""
