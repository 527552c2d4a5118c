"""``make bench``: how long the ledger takes beside what the database takes at the least.

Ratios within one run, never seconds: a slow or busy machine slows both sides alike.
"""
