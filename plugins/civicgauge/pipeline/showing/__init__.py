"""What pages show, read from the warehouse and the lake for one viewer at one date."""
