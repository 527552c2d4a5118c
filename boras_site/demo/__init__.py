"""A site with real figures for a first look, for the tests and for training; made by code, never a dump."""
