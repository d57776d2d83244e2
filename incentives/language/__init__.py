"""The rule language: syntax as written, the checker, the model it resolves to. Imports source, facts and values."""
