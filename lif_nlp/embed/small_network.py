"""A small network that reads each token with its neighbours, for the profile "fast".

It gives columns that the models of labels read beside the vector of the static encoder: "was not
told" and "told, was not" differ, where a sum of vectors is the same.  One layer of filters runs
over the vectors of three and of five neighbouring tokens; of each filter the largest and the mean
answer over the text are kept (Y. Kim (2014), "Convolutional neural networks for sentence
classification", EMNLP, https://arxiv.org/abs/1408.5882).  It learned from what the network of
"accurate" says of unlabelled sentences (`scripts/small_network.py`).

All weights are whole numbers from -127 to 127.  Their products and sums stay below 2^24, so that
single precision holds them without rounding: answers depend neither on the processor nor on the
other texts of a batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lif_nlp.about import MODELS
from lif_nlp.model_files import LABEL_FILES, SMALL_NETWORK, check_model
from lif_nlp.protocols import Vectors

FOLDER = MODELS / SMALL_NETWORK

TOKENS, IDS = "tokens", "ids"
"""Tensors: a row of whole numbers for each known token, and the tokens' ids."""

REACHES = (3, 5)
"""Neighbouring tokens that a filter reads; odd, so that it has a middle."""

_GAP = max(REACHES) // 2
"""Rows of zeros between two texts, so that no filter reads both."""

Ints = npt.NDArray[np.int64]


def filter_names(reach: int) -> tuple[str, str, str]:
    """Names of the tensors of one reach: weights, what is added to an answer, factors."""
    return f"filters.{reach}", f"added.{reach}", f"factors.{reach}"


class SmallNetwork:
    """The filters over token vectors.

    Parameters
    ----------
    tensors
        "tokens" (rows, width) int8 and "ids" (rows,); for each reach weights of shape
        (reach * width, filters) int8, what is added to an answer (filters,) int32, and the
        factor (filters,) that brings an answer to a common size.
    vocabulary
        Number of token ids.
    """

    def __init__(self, tensors: Mapping[str, npt.NDArray[Any]], vocabulary: int) -> None:
        rows = tensors[TOKENS].astype(np.float32)
        # The last row, of zeros, is for tokens that have none.
        self._table = np.vstack([rows, np.zeros((1, rows.shape[1]), np.float32)])
        self._row_of = np.full(vocabulary, len(rows))
        self._row_of[tensors[IDS].astype(np.int64)] = np.arange(len(rows))
        self._reaches = []
        steps = []
        for reach in REACHES:
            filters, added, factors = (
                tensors[name].astype(np.float32) for name in filter_names(reach)
            )
            self._reaches.append((reach, added, factors))
            steps += np.split(filters, reach)
        # One product serves all places of a token within the filters.
        self._steps = np.ascontiguousarray(np.hstack(steps))
        self.dim = 2 * sum(len(factors) for _, _, factors in self._reaches)

    def rows(self, texts: Sequence[Ints]) -> Vectors:
        """For texts as token ids, the largest and the mean answer of each filter: (n, dim).

        A text without tokens has a row of zeros.
        """
        result = np.zeros((len(texts), self.dim), np.float32)
        used = [place for place, ids in enumerate(texts) if len(ids)]
        if not used:
            return result
        lengths = np.asarray([len(texts[place]) for place in used])
        firsts = np.concatenate([[0], np.cumsum(lengths[:-1])])
        # Before each text stand the gaps of all texts so far.
        gaps = _GAP * np.arange(1, len(used) + 1)
        places = np.arange(lengths.sum()) + np.repeat(gaps, lengths)
        table_rows = np.full(places[-1] + 1 + _GAP, len(self._table) - 1)
        table_rows[places] = self._row_of[np.concatenate([texts[place] for place in used])]
        parts = self._table[table_rows] @ self._steps
        columns, column = [], 0
        for reach, added, factors in self._reaches:
            rows = len(parts) - reach + 1
            sums = np.zeros((rows, len(factors)), np.float32)
            for step in range(reach):
                last = column + len(factors)
                sums += parts[step : step + rows, column:last]
                column = last
            answers = sums[places - reach // 2] + added
            np.maximum(answers, 0, out=answers)
            columns.append(np.maximum.reduceat(answers, firsts, axis=0) * factors)
            means = np.add.reduceat(answers, firsts, axis=0) / lengths[:, None]
            columns.append(means * factors)
        result[used] = np.hstack(columns)
        return result


def check_small_network(folder: Path = FOLDER) -> None:
    """Return if the network's files are present and unaltered; else raise ModelError."""
    check_model(folder, LABEL_FILES)


def load_small_network(vocabulary: int, folder: Path = FOLDER) -> SmallNetwork:
    """The shipped small network, or the one in `folder`; raises ModelError for altered files."""
    from safetensors.numpy import load_file

    check_small_network(folder)
    return SmallNetwork(load_file(folder / LABEL_FILES[0]), vocabulary)
