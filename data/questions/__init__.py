"""Questions and their answers: one module for each kind, with its question, its finding and its answer."""
