"""The Rete engine on durable-rules: conditions as forward-chaining rules over settled atoms."""
