"""The block in which an editor writes a period."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from comparisons.periods import Period


class PeriodBlock(blocks.CharBlock):
    """A period as the editor writes it: 2017, 2019-T1, 2017/18. Kept in its short form."""

    def clean(self, value: Any) -> Any:
        """The short form. Raises ValidationError with the ways to write a period."""
        value = super().clean(value)
        if not value:
            return value
        try:
            return Period.parse(value).key
        except ValueError as error:
            raise ValidationError(str(error)) from error
