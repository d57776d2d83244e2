"""What can be known of a company: the vocabulary of facts, and profiles read against it."""
