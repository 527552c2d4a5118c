"""What is kept of how Kolada describes a KPI, beside the title that the editor picked."""

from typing import Any

from comparisons.intake.kolada.answers import Kpi


def described(kpi: Kpi) -> dict[str, Any]:
    """The fields of a KoladaLink that follow Kolada."""
    return {
        "title_now": kpi.title,
        "description": kpi.description,
        "producer": kpi.producer,
        "by_gender": kpi.by_gender,
        "municipality_type": kpi.municipality_type,
        "next_publication_on": kpi.publication_on,
    }
