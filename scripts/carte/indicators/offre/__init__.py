"""What the places offer: points, volumes, hours, labels, networks, completeness of the inventory."""
