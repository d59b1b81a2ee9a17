"""Many works of one kind, by processes and by machines."""
