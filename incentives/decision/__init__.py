"""From rows to a decision: outcomes, reasons, awards and totals. Imports the engines, the model and values."""
