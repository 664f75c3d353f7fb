"""How a PDF page is shown: its own coordinates, from the bottom left and before it is turned -> those of its reader."""

import msgspec


class View(msgspec.Struct, frozen=True):
    """The box of a page in its own coordinates and the quarter turns, clockwise, by which it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def width(self) -> float:
        """Give the width of the page as it is shown, in points."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Give the height of the page as it is shown, in points."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def show(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Give left, top, right and bottom of a box as it is shown, from the top left corner."""
        if self.quarters == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.quarters == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.quarters == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left
