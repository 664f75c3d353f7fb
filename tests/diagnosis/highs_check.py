"""An independent exact solver for the same question: HiGHS, through scipy, on binary cells and whole figures."""

from collections.abc import Mapping, Sequence

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, eye_array, hstack, vstack

from validator.model.outcome import Equation

# Sizes are whole and at most three here: an incumbent this near to the bound is the smallest.
_GAP = 0.2
_MOST, _LESS = 2.0, 3.0


class Solver:
    """Finds a smallest set of cells that mends a report, as a mixed-integer programme.

    Of each cell there is by how much it grows, and whether it changes: growth - most x changes <= 0 and growth + less x
    changes >= 0. All that does not depend on the figures is put together once.
    """

    def __init__(self, equations: Sequence[Equation]) -> None:
        self._cells = sorted({cell for equation in equations for cell in equation.addresses})
        count = len(self._cells)
        column = {cell: number for number, cell in enumerate(self._cells)}
        sums = csc_array((len(equations), count), dtype=float).tolil()
        for row, equation in enumerate(equations):
            for cell, coefficient in equation.coefficients.items():
                sums[row, column[cell]] = coefficient
        growth = vstack([sums, eye_array(count), eye_array(count)])
        changes = vstack([csc_array(sums.shape), _MOST * eye_array(count), _LESS * eye_array(count)])
        self._matrix = hstack([growth, changes]).tocsc()
        self._sums = len(equations)
        # The last columns hold nothing but these two, for each cell in turn.
        self._limits = self._matrix.indptr[count]
        self._cost = numpy.concatenate([numpy.zeros(count), numpy.ones(count)])
        self._whole = numpy.ones(2 * count)
        self._ends = numpy.full(count, numpy.inf)

    def solve(self, figures: Mapping[str, int], need: Mapping[int, int]) -> dict[str, int]:
        """Give the cells of one smallest set and by how much each grows, to move each equation by what it needs."""
        count = len(self._cells)
        most = float(sum(map(abs, need.values())) + 1)
        less = numpy.minimum(numpy.array([figures[cell] for cell in self._cells], dtype=float), most)
        limits = self._matrix.data[self._limits :]
        limits[0::2], limits[1::2] = -most, less
        wanted = numpy.zeros(self._sums)
        wanted[list(need)] = list(need.values())
        none = numpy.zeros(count)
        solution = milp(
            self._cost,
            constraints=LinearConstraint(
                self._matrix,
                numpy.concatenate([wanted, -self._ends, none]),
                numpy.concatenate([wanted, none, self._ends]),
            ),
            integrality=self._whole,
            options={"mip_rel_gap": _GAP},
            bounds=Bounds(
                numpy.concatenate([-less, none]),
                numpy.concatenate([numpy.full(count, most), numpy.ones(count)]),
            ),
        )
        deltas = numpy.round(solution.x[:count]).astype(int)
        return {cell: int(delta) for cell, delta in zip(self._cells, deltas, strict=True) if delta}
