"""Floor 0: the words that everything else is made of; it imports nothing of ours."""
