"""The frame of every page: layout, static files, written pages, what the statement on accessibility says."""
