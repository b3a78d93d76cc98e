"""Draws `theme/map/land.svg`, the outline of the world's land, from Natural Earth.

Run once, by hand; the site is built without it. `python tools/outline.py land-50m.json` prints
the file. The data is in the public domain; README.md beside the outline says where it is from.
"""

from __future__ import annotations

import heapq
import itertools
import json
import sys
from pathlib import Path

POINTS = 8600  # of all the world's coasts: as many as fit into 40 KB
SMALLEST = 0.3  # square degrees of an island that is drawn

Point = tuple[float, float]
Ring = list[Point]


def rings(topology: dict) -> list[Ring]:
    """The rings of all polygons, in degrees; TopoJSON holds them as quantised differences."""
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"][key] for key in ("scale", "translate")
    )
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(line)
    found = []
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"]:
            for ring in polygon:
                lines = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
                found.append([point for line in lines for point in line[:-1]])
    return found


def area(ring: Ring) -> float:
    """In square degrees."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def thinned(shapes: list[Ring]) -> list[Ring]:
    """The rings with the points that matter least left out (Visvalingam's algorithm)."""
    before = [[(n - 1) % len(ring) for n in range(len(ring))] for ring in shapes]
    after = [[(n + 1) % len(ring) for n in range(len(ring))] for ring in shapes]
    gone = [[False] * len(ring) for ring in shapes]

    def weight(r: int, n: int) -> float:
        return area([shapes[r][m] for m in (before[r][n], n, after[r][n])])

    heap = [(weight(r, n), r, n) for r, ring in enumerate(shapes) for n in range(len(ring))]
    heapq.heapify(heap)
    left = sum(map(len, shapes))
    while left > POINTS:
        told, r, n = heapq.heappop(heap)
        if gone[r][n] or told < weight(r, n):
            if not gone[r][n]:
                heapq.heappush(heap, (weight(r, n), r, n))
            continue
        gone[r][n] = True
        left -= 1
        first, second = before[r][n], after[r][n]
        after[r][first], before[r][second] = second, first
        for m in (first, second):
            heapq.heappush(heap, (weight(r, m), r, m))
    pairs = zip(shapes, gone, strict=True)
    kept = [[p for p, out in zip(*pair, strict=True) if not out] for pair in pairs]
    return [ring for ring in kept if len(ring) > 3]


def path(ring: Ring) -> str:
    """A closed path in tenths of a degree, east and south of zero, as differences."""
    points = [(round(x * 10), round(-y * 10)) for x, y in ring]
    steps = [
        f"{x2 - x1} {y2 - y1}"
        for (x1, y1), (x2, y2) in itertools.pairwise(points)
        if (x1, y1) != (x2, y2)
    ]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    shapes = thinned([ring for ring in rings(topology) if area(ring) > SMALLEST])
    sys.stdout.write(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -900 3600 1800">\n'
        f'<path fill="#999" d="{"".join(map(path, shapes))}"/>\n</svg>\n'
    )


if __name__ == "__main__":
    main()
