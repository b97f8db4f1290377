"""Batches of inputs of one shape: nothing is padded by a neighbour, so no result hangs on what else is asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Shape = TypeVar("Shape", bound=Hashable)


def alike(shapes: Iterable[Shape], most: Callable[[Shape], int]) -> Iterator[list[int]]:
    """The places of equal shapes, together, `most(shape)` at once and one at least."""
    places: dict[Shape, list[int]] = {}
    for place, shape in enumerate(shapes):
        places.setdefault(shape, []).append(place)
    for shape, same in places.items():
        size = max(1, most(shape))
        for start in range(0, len(same), size):
            yield same[start : start + size]
