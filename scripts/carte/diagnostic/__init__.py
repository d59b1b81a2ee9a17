"""What would keep an installation from building its site, and what to do about it."""
