"""What it costs to carry copies, on this machine alone."""
