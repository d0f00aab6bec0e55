"""F0: what it costs matplotlib to save a page with nothing on it."""

from __future__ import annotations

import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 1200, 675, 144
SIZE = (WIDTH / DPI, HEIGHT / DPI)


def save_blank() -> bytes:
    """A blank page of our charts' size as matplotlib's own PNG writer saves it."""
    figure = Figure(figsize=SIZE, dpi=DPI)
    FigureCanvasAgg(figure)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=DPI)
    return file.getvalue()
