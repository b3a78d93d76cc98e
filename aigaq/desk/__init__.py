"""Floor 6: what an editor uses while writing: preview and scaffolding."""
