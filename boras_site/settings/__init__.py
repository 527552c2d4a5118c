"""Settings: ``base`` for all, ``dev`` for a laptop, ``test`` for the suite, ``production`` for the city."""
