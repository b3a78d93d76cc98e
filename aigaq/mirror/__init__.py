"""Copies that anyone can carry and check: the signed root of a release, and who may sign it."""
