"""Floor 1: files become checked records; only `disk` touches the file system."""
