#!/bin/sh
# The letters of Uyghur and of Kazakh in Arabic script, out of a face that has them all:
#   sh tools/subset_font.sh /usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf
# Needs `pyftsubset` (pip install fonttools brotli). The same face gives the same bytes.
set -eu
exec pyftsubset "$1" --output-file=theme/fonts/naskh.woff2 --flavor=woff2 --no-recalc-timestamp \
  --layout-features='*' --name-IDs='*' \
  --unicodes='U+060C,U+061B,U+061F,U+0621-0655,U+0660-0670,U+0674-0678,U+067E,U+0686,U+0698,U+06A9,U+06AD,U+06AF,U+06BE,U+06C6-06CC,U+06D0,U+06D5,U+06F0-06F9,U+200C-200F'
