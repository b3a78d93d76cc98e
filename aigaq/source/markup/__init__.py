"""Bodies: Markdown and four marks become blocks of safe HTML."""
