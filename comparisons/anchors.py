"""Addresses of headings and tables on a page (``#brandskyddsarbete``). Pure: no database, no HTML.

A block gets its address from its heading once, and keeps it whatever becomes of the heading or its
place; the address of a block that is gone is never given to another.
"""

from collections.abc import Iterable

from comparisons.svenska import slug

#: Addresses the page's own headings have, and its drawn signs and weaves.
RESERVED = frozenset(
    {"innehall", "meny", "las", "kort", "resultat", "battre", "lankar", "kallor", "om-sidan"}
    | {"better", "worse", "same", "open", "warp", "tuskaft", "kypert", "panama", "satin", "dela"}
)


def assign(known: dict[str, str], blocks: Iterable[tuple[str, str]]) -> dict[str, str]:
    """``known`` (block id → address) with an address added for each new (block id, heading).

    Ids are unique to a block; a copy of a block has another. Addresses are a–z, 0–9 and hyphens.
    """
    addresses = dict(known)
    taken = set(addresses.values()) | RESERVED
    for block_id, heading in blocks:
        if not block_id or block_id in addresses:
            continue
        base = slug(heading, 60) or "avsnitt"
        candidate, number = base, 1
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        addresses[block_id] = candidate
        taken.add(candidate)
    return addresses
