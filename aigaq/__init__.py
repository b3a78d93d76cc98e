"""aigaq: a folder of testimonies becomes a static, multilingual, searchable site."""

__version__ = "0.1.0"
