"""Where the offer lacks: deficits, needs, copper, priorities, comparisons, targets."""
