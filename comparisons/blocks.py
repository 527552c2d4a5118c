"""The blocks that a theme page is made of. What they derive stands in their values; templates stay dumb."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Media
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register as register_adapter
from wagtail.blocks.list_block import ListBlockAdapter, ListBlockValidationError

from comparisons.chosen import AreaBlock, PopulationBlock, PublishedIndicatorBlock
from comparisons.desk.tidy import TidyStructBlock
from comparisons.examples import country, some_indicators
from comparisons.key_figures import KeyFiguresValue
from comparisons.period_block import PeriodBlock
from comparisons.richtext import SHORT_TEXT, running_text
from comparisons.table_values import SectionValue, TableValue
from comparisons.terms import COLUMN_STATISTICS, COMPUTED, AreaKind, Gender, Statistic

PREVIEW_TEXT = "<p>Många våldsbrott sker i centrum, mest på helgerna. Därför talar vi med krögarna.</p>"


class TextBlock(blocks.RichTextBlock):
    """Running text. ``headings`` are those that come next where it stands; a section has its own heading."""

    def __init__(self, headings: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**({"features": running_text(*headings)} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = "Text"
        template = "comparisons/blocks/text.html"
        description = "Löpande text med mellanrubriker, listor och länkar."
        preview_value = PREVIEW_TEXT


class RowBlock(TidyStructBlock):
    """A row of a table."""

    indicator = PublishedIndicatorBlock()
    label = blocks.CharBlock(
        label="Egen radrubrik",
        required=False,
        max_length=255,
        help_text="Tomt: nyckeltalets namn.",
    )
    footnote = blocks.TextBlock(label="Fotnot", required=False, rows=2)

    class Meta:
        icon = "list-ul"
        label = "Rad"
        label_format = "{indicator}"
        form_layout = blocks.BlockGroup(["indicator"], settings=["label", "footnote"])


class RowsBlock(blocks.ListBlock):
    """The rows of a table. In the admin, indicators are added many at a time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(RowBlock(), **({"default": []} | kwargs))

    class Meta:
        icon = "list-ul"


class RowsBlockAdapter(ListBlockAdapter):
    """Draws the rows in the page editor with the button for many."""

    js_constructor = "comparisons.IndicatorRows"

    @cached_property
    def media(self) -> Media:
        """Wagtail's own script, and ours on top."""
        return super().media + Media(js=[versioned_static("comparisons/desk/rows.js")])


register_adapter(RowsBlockAdapter(), RowsBlock)


class ComparisonBlock(TidyStructBlock):
    """Whom the own municipality is held against."""

    area = AreaBlock()
    statistic = blocks.ChoiceBlock(
        label="Statistik",
        choices=COLUMN_STATISTICS,
        default=Statistic.MEDIAN,
        help_text="För ja och nej visas alltid andelen som svarade ja.",
    )
    population = PopulationBlock()
    gender = blocks.ChoiceBlock(label="Kön", choices=Gender.choices, default=Gender.TOTAL)
    label = blocks.CharBlock(
        label="Egen kolumnrubrik",
        required=False,
        max_length=80,
        help_text="Tomt: rubriken görs av område, statistik och period.",
    )

    class Meta:
        icon = "arrow-right"
        label = "Jämförelse"
        label_format = "{statistic} {area}"
        form_layout = blocks.BlockGroup(["area", "statistic"], settings=["population", "gender", "label"])

    def clean(self, value: Any) -> Any:
        """The comparison. What we compute is of all the country's municipalities, and of no other area."""
        value = super().clean(value)
        area = value["area"]
        if value["statistic"] in COMPUTED and area is not None and area.kind != AreaKind.COUNTRY:
            wrong = ValidationError(
                "Vår beräkning görs av alla kommuners värden. Välj landet (Riket) som område, "
                "eller välj en annan statistik."
            )
            raise blocks.StructBlockValidationError({"area": wrong})
        return value


class ColumnBlock(ComparisonBlock):
    """One column, chosen by hand."""

    statistic = blocks.ChoiceBlock(
        label="Statistik",
        choices=COLUMN_STATISTICS,
        default=Statistic.VALUE,
        help_text="För ja och nej visar median och medelvärde andelen som svarade ja.",
    )
    period = PeriodBlock(
        label="Period",
        help_text="Ett år (2017), tertial (2019-T1), kvartal, månad eller läsår (2017/18).",
    )

    class Meta:
        icon = "table"
        label = "Kolumn"
        label_format = "{area} {period}"
        form_layout = blocks.BlockGroup(
            ["area", "statistic", "period"], settings=["population", "gender", "label"]
        )


class LatestColumnsBlock(TidyStructBlock):
    """The own municipality's last periods, and comparisons for the newest of them."""

    number = blocks.IntegerBlock(
        label="Antal perioder",
        default=2,
        min_value=1,
        max_value=10,
        help_text="De senaste perioderna som någon rad har ett värde för.",
    )
    population = PopulationBlock()
    gender = blocks.ChoiceBlock(label="Kön", choices=Gender.choices, default=Gender.TOTAL)
    comparisons = blocks.ListBlock(
        ComparisonBlock(),
        label="Jämför med",
        min_num=0,
        default=[],
        help_text="Visas för den senaste perioden.",
    )

    class Meta:
        icon = "history"
        label = "De senaste perioderna"
        form_layout = blocks.BlockGroup(["number", "comparisons"], settings=["population", "gender"])


class ColumnsBlock(blocks.StreamBlock):
    """How the columns are chosen: one of two ways."""

    latest = LatestColumnsBlock()
    by_hand = blocks.ListBlock(ColumnBlock(), label="Kolumner för hand", icon="table", min_num=1)

    class Meta:
        icon = "table"
        min_num = 1
        max_num = 1
        default = (("latest", {"number": 2, "gender": Gender.TOTAL}),)


class TableBlock(TidyStructBlock):
    """A table of indicators. A cell is looked up, never typed."""

    caption = blocks.CharBlock(label="Tabellrubrik", max_length=200)
    rows = RowsBlock(label="Rader")
    columns = ColumnsBlock(label="Kolumner")
    show_standing = blocks.BooleanBlock(
        label="Visa bättre eller sämre",
        required=False,
        default=True,
        help_text="En kolumn som säger hur vi står oss. Den visas när tabellen har något att jämföra med.",
    )
    allow_earlier = blocks.BooleanBlock(
        label="Visa det senaste tidigare värdet där ett värde saknas",
        required=False,
        default=False,
        help_text="Cellen säger då vilken period värdet gäller.",
    )
    note = blocks.TextBlock(label="Text under tabellen", required=False, rows=2)

    class Meta:
        icon = "table"
        label = "Tabell med nyckeltal"
        label_format = "Tabell: {caption}"
        form_layout = blocks.BlockGroup(
            ["caption", "rows", "columns"], settings=["show_standing", "allow_earlier", "note"]
        )
        template = "comparisons/blocks/table.html"
        value_class = TableValue
        description = "Nyckeltal i rader, områden och perioder i kolumner. Siffrorna hämtas själva."

    def clean(self, value: Any) -> Any:
        """The table. To be published it needs a row; a draft need not."""
        value = super().clean(value)
        if not value["rows"] and not self.is_deferred_validation:
            missing = ListBlockValidationError(
                non_block_errors=[ValidationError("Välj minst ett nyckeltal, eller ta bort tabellen.")]
            )
            raise blocks.StructBlockValidationError({"rows": missing})
        return value

    def get_preview_value(self) -> Any:
        """A table of the first indicators there are, so that the picker shows the real thing."""
        whole = country()
        comparisons = [{"area": whole}] if whole else []
        return self.to_python(
            {
                "caption": "Så står vi oss",
                "rows": [{"indicator": key} for key in some_indicators()],
                "columns": [{"type": "latest", "value": {"number": 2, "comparisons": comparisons}}],
            }
        )


class NoteBlock(blocks.RichTextBlock):
    """A note in the margin: what an abbreviation means, a source, a caveat."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"features": SHORT_TEXT} | kwargs))

    class Meta:
        icon = "help"
        label = "Notis i marginalen"
        template = "comparisons/blocks/note.html"
        description = "En förkortning, en källa eller en reservation. Står bredvid texten före den."
        preview_value = "<p><b>MSB</b> är Myndigheten för samhällsskydd och beredskap.</p>"


def _section_body(heading: str) -> blocks.StreamBlock:
    """What a section may hold, its texts with headings of one level."""
    return blocks.StreamBlock(
        [("text", TextBlock(headings=(heading,))), ("note", NoteBlock()), ("table", TableBlock())],
        label="Innehåll",
        required=False,
    )


class SectionBlock(TidyStructBlock):
    """A part of the page with a heading, texts and tables in any order."""

    heading = blocks.CharBlock(label="Rubrik", max_length=200)
    body = _section_body("h4")

    class Meta:
        icon = "title"
        label = "Avsnitt"
        label_format = "{heading}"
        template = "comparisons/blocks/section.html"
        value_class = SectionValue
        description = "En rubrik med text och tabeller under."
        preview_value = {
            "heading": "Våldsbrott, stöld och skadegörelse",
            "body": [{"type": "text", "value": PREVIEW_TEXT}],
        }


class TopSectionBlock(SectionBlock):
    """A section right under the page's title, whose heading is one level higher than in a theme."""

    body = _section_body("h3")


class KeyFigureBlock(TidyStructBlock):
    """One large figure."""

    indicator = PublishedIndicatorBlock()
    heading = blocks.CharBlock(
        label="Egen rubrik",
        required=False,
        max_length=120,
        help_text="Tomt: nyckeltalets korta namn.",
    )
    population = PopulationBlock()

    class Meta:
        icon = "pick"
        label = "Siffra"
        label_format = "{indicator}"
        form_layout = blocks.BlockGroup(["indicator"], settings=["heading", "population"])


class KeyFiguresBlock(TidyStructBlock):
    """One to five large figures with their comparison, at the top of the page."""

    figures = blocks.ListBlock(KeyFigureBlock(), label="Siffror", min_num=1, max_num=5)
    area = AreaBlock(label="Jämför med")
    statistic = blocks.ChoiceBlock(label="Statistik", choices=Statistic.choices, default=Statistic.MEDIAN)

    class Meta:
        icon = "pick"
        label = "Stora siffror"
        template = "comparisons/blocks/key_figures.html"
        value_class = KeyFiguresValue
        description = "En till fem siffror som sammanfattar temat."

    def get_preview_value(self) -> Any:
        """The first indicators there are, so that the picker shows the real thing."""
        return self.to_python(
            {
                "figures": [{"indicator": key} for key in some_indicators()],
                "area": country(),
            }
        )


class LinkBlock(TidyStructBlock):
    """A link to another site, with the name of where it leads in its text."""

    text = blocks.CharBlock(
        label="Länktext",
        max_length=150,
        help_text="Säg vart länken leder: Öppna jämförelser hos SKR, skr.se.",
    )
    url = blocks.URLBlock(label="Webbadress")

    class Meta:
        icon = "link-external"
        label = "Länk"
        label_format = "{text}"
        template = "comparisons/blocks/link.html"
        description = "En länk till en annan webbplats."
        preview_value = {"text": "Öppna jämförelser hos SKR, skr.se", "url": "https://skr.se/"}
