"""The Swedish order a–z å ä ö. PostgreSQL gets it from ICU; SQLite from the app, at every connection."""

from django.contrib.postgres.operations import CreateCollation
from django.db import migrations

from comparisons.svenska import SWEDISH_COLLATION


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [CreateCollation(SWEDISH_COLLATION, locale="sv", provider="icu")]
