"""What sets up and changes the site's own pages; one module per concept."""
