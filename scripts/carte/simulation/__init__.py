"""What a few more places would bring: candidate sites, the best choices among them, and what each changes."""
