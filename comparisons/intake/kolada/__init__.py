"""Figures from Kolada, by its API: asked politely, kept on disk, taken in all together or not at all.

``client.py`` asks, ``answers.py`` reads what comes, ``fetch.py`` lays a whole fetch on disk, ``areas.py``
and ``figures.py`` make areas and entries of it, ``sync.py`` does all of it, ``linking.py`` says which KPI
an indicator is.
"""

from comparisons.intake.kolada.client import KoladaError

__all__ = ["KoladaError"]
