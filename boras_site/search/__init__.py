"""The site's search: an index of its own, the same on SQLite as on PostgreSQL.

words.py takes texts apart, documents.py says what an indexed page is, index.py writes, query.py asks,
matching.py says how well a word fits another, hits.py says where it stands, views.py answers.
"""
