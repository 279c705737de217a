"""The people and their webhooks."""

from __future__ import annotations

from sandbox.entities import User, Webhook

ADA, LENA, MAX = 1, 2, 3
ALL_SCOPES = (
    "task",
    "sonet_group",
    "socialnetwork",
    "user",
    "user_basic",
    "user_brief",
    "rpa",
    "placement",
)

# id, first name, last name, position, department
_PEOPLE = (
    (ADA, "Ada", "Admin", "Head of IT", 1),
    (LENA, "Lena", "Lead", "Product lead", 2),
    (MAX, "Max", "Member", "Designer", 2),
    (4, "Sofia", "Rossi", "Marketing manager", 3),
    (5, "健二", "Tanaka", "Software engineer", 2),
    (6, "Amara", "Okafor", "Customer success", 4),
    (7, "Lukáš", "Novák", "Software engineer", 2),
    (8, "Priya", "Nair", "Data analyst", 2),
    (9, "Mateo", "García", "Sales manager", 4),
    (10, "Ingrid", "Solberg", "Chief financial officer", 5),
    (11, "Yusuf", "Demir", "Office manager", 5),
    (12, "Olivia", "Brandt", "Copywriter", 3),
)
_DISMISSED = 12


def build() -> list[User]:
    """Return the twelve people; one administers the portal, one has left."""
    return [
        User(
            id=user_id,
            name=name,
            last_name=last_name,
            email=f"person{user_id}@sandbox.example",
            position=position,
            department=department,
            admin=user_id == ADA,
            active=user_id != _DISMISSED,
        )
        for user_id, name, last_name, position, department in _PEOPLE
    ]


def webhooks() -> list[Webhook]:
    """Return three full webhooks, one with few scopes, one of a dismissed person."""
    everything = frozenset(ALL_SCOPES)
    return [
        Webhook(ADA, "sandbox-admin", everything),
        Webhook(LENA, "sandbox-lead", everything),
        Webhook(MAX, "sandbox-member", everything),
        Webhook(LENA, "sandbox-narrow", frozenset({"task", "user_brief"})),
        Webhook(_DISMISSED, "sandbox-dismissed", everything),
    ]
