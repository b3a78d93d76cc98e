"""How often words that share a key are forms of one word: pairs of words, judged by hand.

    python -m bench.search.precision

`word_pairs.json` has two samples of pairs for each language, drawn at random, with a seed, from
all pairs that shared a key: 160 from the vocabulary of the demonstration archive, by the tables
before they were mended with them; and 100 from that of the interface, by the tables after it,
so that they were not seen when the tables were made. `same` are forms of one word, `related`
words of one root (`tell`, `teller`), `wrong` are others. No native reader has judged them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from aigaq.pages import word_forms

JUDGED: Mapping[str, Mapping[str, Mapping[str, list[str]]]] = json.loads(
    Path(__file__).with_name("word_pairs.json").read_text("utf-8")
)
KINDS = ("same", "related", "wrong")


def sharing(pairs: Iterable[str], lang: str) -> int:
    """How many of the pairs have one key for both words."""
    table = word_forms.table(lang)
    return sum(len(word_forms.keys(pair, table)) == 1 for pair in pairs)


def main() -> None:
    """Prints the table."""
    print("| language | sample | judged | share a key | same | same or related | same kept |")
    print("|---|---|--:|--:|--:|--:|--:|")
    for lang, samples in JUDGED.items():
        for sample, judged in samples.items():
            same, related, wrong = (sharing(judged[kind], lang) for kind in KINDS)
            count = same + related + wrong
            shares = (same / count, (same + related) / count, same / len(judged["same"]))
            shown = " | ".join(f"{share:.2f}" for share in shares)
            print(
                f"| {lang} | {sample} | {sum(map(len, judged.values()))} | {count} | {shown} |"
            )


if __name__ == "__main__":
    main()
