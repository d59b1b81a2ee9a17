"""What changed between two publications, and why: better census, openings, closures, territory, method."""
