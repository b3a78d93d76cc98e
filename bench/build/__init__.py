"""How fast a site is built, beside Hugo and Pagefind; `python -m bench.build` prints it."""
