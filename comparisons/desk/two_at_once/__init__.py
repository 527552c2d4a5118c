"""Two editors on one page or indicator: the second save never overwrites without telling.

``views`` lets one save at a time through. The form (``forms``) carries what the editor saw when she opened
it, compares it with what she sends and with what is saved now (``merging``, on values that ``comparing``
makes comparable), and either weaves both together or asks her which to keep.
"""
