"""The closed schemas of everything that editors write."""
