"""An independent exact solver for the same question: HiGHS, through scipy, on binary cells and whole figures."""

from collections.abc import Mapping, Sequence

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, diags, eye, hstack

from validator.model.outcome import Equation

# Sizes are whole and at most three here: an incumbent this near to the bound is the smallest.
_GAP = 0.2


class Solver:
    """Finds a smallest set of cells that mends a report, as a mixed-integer programme."""

    def __init__(self, equations: Sequence[Equation]) -> None:
        self._cells = sorted({cell for equation in equations for cell in equation.addresses})
        column = {cell: number for number, cell in enumerate(self._cells)}
        self._matrix = csr_array((len(equations), len(self._cells)), dtype=float).tolil()
        for row, equation in enumerate(equations):
            for cell, coefficient in equation.coefficients.items():
                self._matrix[row, column[cell]] = coefficient
        self._matrix = self._matrix.tocsr()

    def solve(self, figures: Mapping[str, int], need: Mapping[int, int]) -> dict[str, int]:
        """Give the cells of one smallest set and by how much each grows, to move each equation by what it needs."""
        count = len(self._cells)
        most = float(sum(map(abs, need.values())) + 1)
        printed = numpy.array([figures[cell] for cell in self._cells], dtype=float)
        less = numpy.minimum(printed, most)
        wanted = numpy.zeros(self._matrix.shape[0])
        wanted[list(need)] = list(need.values())
        still = csr_array(self._matrix.shape)
        identity = eye(count, format="csr")
        solution = milp(
            numpy.concatenate([numpy.zeros(count), numpy.ones(count)]),
            constraints=[
                LinearConstraint(hstack([self._matrix, still]), wanted, wanted),
                LinearConstraint(hstack([identity, -most * identity]), -numpy.inf, 0),
                LinearConstraint(hstack([identity, diags(less)]), 0, numpy.inf),
            ],
            integrality=numpy.ones(2 * count),
            options={"mip_rel_gap": _GAP},
            bounds=Bounds(
                numpy.concatenate([-less, numpy.zeros(count)]),
                numpy.concatenate([numpy.full(count, most), numpy.ones(count)]),
            ),
        )
        deltas = numpy.round(solution.x[:count]).astype(int)
        return {cell: int(delta) for cell, delta in zip(self._cells, deltas, strict=True) if delta}
