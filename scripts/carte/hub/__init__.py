"""A hub's first day: four answers become a repository that is ready to publish."""
