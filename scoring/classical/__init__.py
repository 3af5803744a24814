"""Classical test theory: item analysis, options, reliability and errors of measurement."""
