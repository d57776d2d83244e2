"""What follows from a decision: what keeps it, what would change it, what to do. Imports decisions and engines."""
