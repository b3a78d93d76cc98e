"""Floor 3: the public archive becomes pages, and pages become bytes."""
