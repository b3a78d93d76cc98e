"""Floor 4, the shell: bytes become a release folder; here disk and processes are touched."""
