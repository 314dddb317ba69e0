"""Ascending lists as one."""

from collections.abc import Sequence
from itertools import chain, compress
from operator import ne

import numpy as np
from numpy.typing import NDArray


def united(lists: Sequence[Sequence[bytes]]) -> tuple[list[bytes], list[NDArray[np.intp]]]:
    """Return what is in ascending lists, ascending and each once, and for each list the places of its own.

    Sorted lists are merged by Python's sort; neighbours are compared then. A third to a fifth of the time of
    dictionaries, which hash every text and meet it all over the memory.
    """
    texts = list(chain.from_iterable(lists))
    order = sorted(range(len(texts)), key=texts.__getitem__)
    ascending = [texts[number] for number in order]
    is_new = np.ones(len(texts), np.bool_)
    is_new[1:] = np.fromiter(map(ne, ascending[1:], ascending), np.bool_, max(len(texts) - 1, 0))
    places = np.empty(len(texts), np.intp)
    places[order] = np.cumsum(is_new) - 1
    ends = np.cumsum([len(each) for each in lists], dtype=np.intp)
    return list(compress(ascending, is_new.tolist())), np.split(places, ends)[: len(lists)]
