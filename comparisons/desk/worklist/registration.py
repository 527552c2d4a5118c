"""The kinds of work that the comparisons themselves give."""

from comparisons.desk.worklist import drafts, intakes, reviewing, upkeep
from comparisons.desk.worklist.kinds import Kind


def own_kinds() -> list[Kind]:
    """Hook ``register_work``: first what is stopped or waits for somebody, last what can wait."""
    return [
        Kind(10, "misslyckade", "Publiceringar som misslyckades", reviewing.failed),
        Kind(20, "skickat-tillbaka", "Skickat tillbaka till dig", drafts.sent_back),
        Kind(30, "att-granska", "Att granska", reviewing.to_review),
        Kind(40, "utkast", "Dina utkast", drafts.mine),
        Kind(45, "inlasningar", "Inläsningar som du har påbörjat", intakes.intakes),
        Kind(50, "skickat", "Väntar på att någon granskar", reviewing.sent),
        Kind(60, "tidsatt", "Publiceras senare", reviewing.timed),
        Kind(70, "siffror", "Dags för nästa siffra", upkeep.due),
        Kind(80, "tabeller", "Tabeller som saknar den senaste perioden", upkeep.behind),
        Kind(110, "genomlasning", "Inte genomlästa på ett år", upkeep.unread),
        Kind(120, "last", "Låst av dig", drafts.locked),
    ]
