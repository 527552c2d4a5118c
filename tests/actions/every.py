"""What each line of "Vem får göra vad" is, done for real through the admin. Used by tests/test_roles.py.

An action takes whoever acts and her browser, sends what the screen sends, and answers whether it came to be.
"""

from tests.actions import figures, intakes, texts, things

#: The lines of the table, each with every way to do what it says.
ACTIONS = {**texts.ACTIONS, **figures.ACTIONS, **intakes.ACTIONS, **things.ACTIONS}
