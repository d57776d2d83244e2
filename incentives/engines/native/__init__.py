"""The native engine: a policy compiled once to closures over typed facts. Imports the model, facts and amounts."""
