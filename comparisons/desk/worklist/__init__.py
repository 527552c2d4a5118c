"""The work list on the admin's home page: what waits for whoever is logged in, each with one action.

``kinds.py`` says what a kind of work is; every other module finds some. An app adds a kind of its own
with the hook ``register_work``, so that nothing here knows of apps to its right.
"""
