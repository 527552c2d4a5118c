"""Blocks in the page editor: what a draft may lack, and what a new one starts with."""

import pytest
from wagtail.blocks import StructBlockValidationError

from comparisons import figures
from comparisons.blocks import KeyFiguresBlock, TableBlock
from comparisons.prepared import prepare
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_table_without_rows_can_be_kept_as_a_draft_but_not_published() -> None:
    block = TableBlock()
    value = block.to_python(factories.table())
    block.clean_deferred(value)
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    told = refused.value.block_errors["rows"].as_json_data()
    assert told == {"messages": ["Välj minst ett nyckeltal, eller ta bort tabellen."]}


def test_a_new_table_starts_with_the_two_latest_periods() -> None:
    (columns,) = TableBlock().get_default()["columns"]
    assert (columns.block_type, columns.value["number"]) == ("latest", 2)


def test_a_large_figure_of_a_part_says_whom_it_is_about() -> None:
    schools = factories.population("alla skolor")
    shown = factories.indicator("Genomsnittligt meritvärde", short_title="Meritvärde")
    factories.publish(factories.staged_figure(shown, "228.9", urval=schools))
    items = [
        {"indicator": shown.pk, "heading": heading, "population": schools.pk} for heading in ("", "Betyg")
    ]
    value = KeyFiguresBlock().to_python({"figures": items, "area": None, "statistic": "mean"})
    prepare([value], figures.live())
    assert [figure.heading for figure in value.key_figures] == ["Meritvärde, alla skolor", "Betyg"]
