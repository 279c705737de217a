"""The workgroups and who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.entities import Access, Group, GroupKind, Role
from sandbox.seed.clock import days_from_now


@dataclass(frozen=True, slots=True)
class _Row:
    """One group in the table below; people by id."""

    id: int
    name: str
    owner: int
    moderators: tuple[int, ...]
    members: tuple[int, ...]
    access: Access = "closed"
    kind: GroupKind = "group"
    closed: bool = False


# 1 is Ada, 2 is Lena, 3 is Max.
_ROWS = (
    _Row(10, "Website relaunch", 2, (1, 5), (3, 4, 7, 8), "open", "project"),
    _Row(11, "Product roadmap", 2, (8,), (1, 3, 5, 9), "open"),
    _Row(12, "Content calendar", 2, (4,), (12,)),
    _Row(13, "Office move", 2, (11,), (3, 10), "open"),
    _Row(14, "Customer support", 2, (6,), (3, 9)),
    _Row(15, "Research & development", 2, (5, 7), (8,)),
    _Row(16, "Leadership circle", 2, (), (10,), "secret"),
    _Row(17, "Spring campaign 2025", 2, (4,), (3, 12), "open", "project", closed=True),
    _Row(18, "Mobile app", 5, (2,), (1, 3, 7), "open", "project"),
    _Row(19, "Brand guidelines", 4, (2, 12), (3,)),
    _Row(20, "Data platform", 8, (2, 7), (5,)),
    _Row(21, "Partner programme", 9, (2,), (6,), "open"),
    _Row(22, "Release train", 7, (2,), (3, 5, 8), "closed", "scrum"),
    _Row(23, "Pricing task force", 10, (2,), (9,), "secret"),
    _Row(24, "IT infrastructure", 1, (7,), (3, 11)),
    _Row(25, "Security reviews", 1, (8,), (5,), "secret"),
    _Row(26, "Helpdesk", 1, (6, 11), (2, 3), "open"),
    _Row(27, "Onboarding", 11, (1,), (2, 3, 6), "open"),
    _Row(28, "Analytics guild", 8, (1, 5), (7,)),
    _Row(29, "Sales EMEA", 9, (6,), (1, 3)),
    _Row(30, "Events", 4, (9,), (1, 2, 12), "open"),
    _Row(31, "Design system", 5, (7,), (3,), "open"),
    _Row(32, "Recruiting", 11, (10,), (3, 4)),
    _Row(33, "Budget 2027", 10, (), (9,), "secret"),
    _Row(34, "Sales Americas", 9, (6,), ()),
    _Row(35, "Quality assurance", 7, (5,), (8,), "open"),
    _Row(36, "API platform", 5, (8,), (7,), "closed", "scrum"),
    _Row(37, "Social media", 4, (6,), (12,), "open"),
    _Row(38, "Legal", 10, (11,), ()),
    _Row(39, "Sustainability", 6, (11,), (4, 9), "open"),
    _Row(40, "Customer interviews", 8, (6,), (3, 4)),
    _Row(41, "Trade fair Milan", 4, (9,), (6,), "closed", "project"),
    _Row(42, "Legacy migration", 7, (5,), (8,), "closed", "project", closed=True),
    _Row(43, "Agency Northwind", 4, (6,), (3, 9), "closed", "collab"),
    _Row(44, "Supplier portal", 10, (9,), (11,), "closed", "collab"),
    _Row(45, "Book club", 6, (8,), (3, 4, 5, 9, 11), "open"),
    _Row(46, "Running team", 9, (11,), (5, 7), "open"),
    _Row(47, "Christmas party 2025", 11, (6,), (4, 9, 10), "open", closed=True),
    _Row(48, "Facilities", 11, (10,), ()),
    _Row(49, "Board meetings", 10, (), (11,), "secret"),
)


def build() -> list[Group]:
    """Return the forty groups, each with its members by role."""
    return [_group(row) for row in _ROWS]


def _group(row: _Row) -> Group:
    members: dict[int, Role] = {row.owner: "A"}
    members.update((user_id, "E") for user_id in row.moderators)
    members.update((user_id, "K") for user_id in row.members)
    created = days_from_now(7 * row.id - 900)
    return Group(row.id, row.name, row.kind, row.access, row.closed, members, created)
