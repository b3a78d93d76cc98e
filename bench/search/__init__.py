"""What the search is worth and what it costs; `python -m bench.search` prints all tables.

Each part is a module with `main()`, which prints tables and may be run by itself.
"""
