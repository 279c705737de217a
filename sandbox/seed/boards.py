"""The stages of every group and of three planners."""

from __future__ import annotations

import itertools

from sandbox.entities import EntityType, Group, Stage
from sandbox.seed.people import ADA, LENA, MAX

# The portal's own rotation of colours for new stages.
PALETTE = ("00C4FB", "47D1E2", "75D900", "FFAB00", "FF5752", "468EE5", "1EAE43")

SPECIAL: dict[int, tuple[str, ...]] = {
    10: ("Backlog", "In progress", "Review", "Ready to ship", "Done"),
    11: (
        "Ideas",
        "Under consideration",
        "Research",
        "Scoping",
        "Estimated",
        "Planned",
        "In design",
        "In development",
        "In testing",
        "Beta",
        "Rolling out",
        "Shipped",
    ),
    12: tuple(f"Week {week}" for week in range(1, 61)),
    13: (),
    15: ("💡 Ideas", "R&D #1 100%", "<b>bold</b>", "研究中", "Waiting for the lab", "Done"),
}
# An old default board: untouched system types, and a title that was never stored.
OLD_DEFAULTS = 14

PATTERNS: tuple[tuple[str, ...], ...] = (
    ("New", "In progress", "Done"),
    ("Inbox", "This week", "Waiting", "Done"),
    ("Backlog", "Ready", "In progress", "Review", "Done"),
    ("Requested", "Approved", "Ordered", "Delivered", "Invoiced", "Closed"),
    ("Lead", "Contacted", "Meeting", "Offer", "Negotiation", "Won", "Lost"),
    ("Idea", "Draft", "Edit", "Design", "Legal check", "Scheduled", "Published", "Archived"),
    (
        "Reported",
        "Confirmed",
        "Assigned",
        "Fixing",
        "Code review",
        "Testing",
        "Verified",
        "Released",
        "Closed",
    ),
)

PLANNERS: dict[int, tuple[tuple[str, str], ...]] = {
    ADA: (
        ("Not planned", "00C4FB"),
        ("In progress", "9DCF00"),
        ("To do this week", "47D1E2"),
        ("Review", "FFA801"),
    ),
    LENA: (
        ("Not planned", "00C4FB"),
        ("Today", "FF5752"),
        ("To do this week", "47D1E2"),
        ("Delegated", "468EE5"),
        ("Waiting for others", "FFAB00"),
        ("Review", "FFA801"),
    ),
    MAX: (
        ("Not planned", "00C4FB"),
        ("Today", "9DCF00"),
        ("To do this week", "47D1E2"),
        ("Someday", "468EE5"),
        ("Review", "FFA801"),
    ),
}


def build(groups: list[Group]) -> list[Stage]:
    """Return the stages of all boards, numbered through from 1."""
    ids = itertools.count(1)
    stages: list[Stage] = []
    for group in groups:
        if group.id == OLD_DEFAULTS:
            stages += _old_defaults(ids, group.id)
            continue
        titles = SPECIAL.get(group.id, PATTERNS[group.id % len(PATTERNS)])
        columns = tuple(zip(titles, itertools.cycle(PALETTE), strict=False))
        stages += _board(ids, "G", group.id, columns)
    for user_id, columns in PLANNERS.items():
        stages += _board(ids, "U", user_id, columns)
    return stages


def _board(
    ids: itertools.count[int],
    entity_type: EntityType,
    entity_id: int,
    columns: tuple[tuple[str, str], ...],
) -> list[Stage]:
    return [
        Stage(
            id=next(ids),
            title=title,
            color=color,
            sort=(index + 1) * 100,
            system_type="NEW" if index == 0 else None,
            entity_type=entity_type,
            entity_id=entity_id,
        )
        for index, (title, color) in enumerate(columns)
    ]


def _old_defaults(ids: itertools.count[int], group_id: int) -> list[Stage]:
    rows = (("New", "00C4FB", "NEW"), ("", "47D1E2", "WORK"), ("Finished", "75D900", "FINISH"))
    return [
        Stage(next(ids), title, color, (index + 1) * 100, system_type, "G", group_id)
        for index, (title, color, system_type) in enumerate(rows)
    ]
