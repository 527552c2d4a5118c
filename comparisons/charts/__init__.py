"""Geometry of the drawings, from records alone: no database, no HTML.

x in per cent of the width, y in px from the top, so that text keeps its size at every width. The
drawings are in templates/components/charts/, their looks in site.css.
"""

from comparisons.charts.axis import Axis, axis_end, axis_for
from comparisons.charts.captions import caption
from comparisons.charts.comparison import Comparison, comparison
from comparisons.charts.dots import Dots, dots
from comparisons.charts.history import HistoryChart, history_charts
from comparisons.charts.spark import Spark, spark
from comparisons.charts.strip import Named, Strip, strip
from comparisons.charts.threads import Threads, threads

__all__ = [
    "Axis",
    "Comparison",
    "Dots",
    "HistoryChart",
    "Named",
    "Spark",
    "Strip",
    "Threads",
    "axis_end",
    "axis_for",
    "caption",
    "comparison",
    "dots",
    "history_charts",
    "spark",
    "strip",
    "threads",
]
