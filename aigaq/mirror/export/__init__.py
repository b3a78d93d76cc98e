"""The sources of what is published, and of nothing else: a build of them is the release."""
