"""Public texts in which nothing stands that is looked for, from one build to the next.

Law: what is given up because public texts have it is the same, whatever is known. Only digests
of public texts are kept, under that of all that is looked for and of the program; with a list
from outside of the site's folder nothing is, as in `clean_files`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from aigaq.output import cache, clean_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from aigaq.output.watchlist import Watchlist

_SIZE = 16  # bytes of a digest


class KnownTexts:
    """What is known for `watch` as it is before anything is given up.

    `common` says how often parts of what is looked for stand in public texts, nearly; it is
    kept as numbers in the order of these parts, and so is no list of them.
    """

    def __init__(self, watch: Watchlist, cache_dir: Path | None) -> None:
        self._key = clean_files.key(watch) if cache_dir and watch else ""
        self._store = cache.Cache(cache_dir / "texts") if cache_dir else None
        if self._store and not self._key:
            self._store.prune(())  # what is known of earlier values goes with them
            self._store = None
        self._parts = sorted({part for _, *parts in watch.wanted for part in parts})
        kept = self._store.get(self._key) if self._store else None
        counts, _, rest = (kept or b"null\n").partition(b"\n")
        numbers: dict[str, int] | None = json.loads(counts)
        self.common = numbers and {self._parts[int(n)]: many for n, many in numbers.items()}
        self._known = {rest[at : at + _SIZE] for at in range(0, len(rest), _SIZE)}
        self._now: dict[bytes, str] = {}

    def others(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of `texts` of which nothing is known, once each."""
        told = {_digest(text): text for text in texts}
        self._now |= told
        return tuple(text for digest, text in told.items() if digest not in self._known)

    def keep(self, common: Mapping[str, int], telling: Iterable[str]) -> None:
        """Remembers all texts that were asked about, but those in which something stands."""
        clean = self._now.keys() - {_digest(text) for text in telling}
        if self._store is not None and clean != self._known:
            counts = {n: common[part] for n, part in enumerate(self._parts) if part in common}
            entry = b"\n".join((json.dumps(counts).encode(), b"".join(sorted(clean))))
            self._store.put(self._key, entry)
            self._store.prune({self._key})


def _digest(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_SIZE).digest()
