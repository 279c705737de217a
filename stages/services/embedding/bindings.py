"""Binding the app to its places and events on a portal, as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stages.bitrix24 import errors
from stages.bitrix24.client import Client
from stages.bitrix24.command import Command
from stages.bitrix24.methods import events, placements
from stages.domain.binding import Binding
from stages.services import words
from stages.services.embedding import places

_WHY = {
    "ERROR_PLACEMENT_NOT_FOUND": "The portal has no such place, or the app no permission for it.",
    "ERROR_PLACEMENT_MAX_COUNT": "The portal lets no more apps in there.",
    "ERROR_WRONG_HANDLER_URL": "The portal does not take the address of this installation.",
    "ERROR_UNSUPPORTED_PROTOCOL": "The portal does not take the address of this installation.",
    "ERROR_EVENT_NOT_FOUND": "The portal does not know this event.",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """Something that was to be bound, as people call it; `why_not` is empty where it is."""

    name: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class _Register:
    """What the portal keeps of one kind, by the commands that read and change it."""

    wanted: Mapping[Binding, str]
    get: Command[tuple[Binding, ...]]
    bind: Mapping[Binding, Command[Any]]


def bind(portal: Client) -> tuple[Bound, ...]:
    """Bind what is missing, and return what is bound now and what could not be."""
    registers = (_placements(), _events())
    refused = _bind_missing(portal, registers)
    if refused:
        # Somebody may have bound it in between, which the portal calls an error.
        refused = {
            binding: error
            for binding, error in refused.items()
            if binding not in _bound(portal, registers)
        }
    return tuple(
        Bound(name, _why(refused[binding]) if binding in refused else "")
        for register in registers
        for binding, name in register.wanted.items()
    )


def _placements() -> _Register:
    handler = places.opening_address()
    wanted = {Binding(place.code, handler): place for place in places.PLACES}
    return _Register(
        {binding: place.name for binding, place in wanted.items()},
        placements.get(),
        {
            binding: placements.bind(code=place.code, handler=handler, title=place.title)
            for binding, place in wanted.items()
        },
    )


def _events() -> _Register:
    handler = places.event_address()
    wanted = {Binding(code, handler): name for code, name in places.EVENTS.items()}
    return _Register(
        wanted,
        events.get(),
        {binding: events.bind(code=binding.code, handler=handler) for binding in wanted},
    )


def _bind_missing(
    portal: Client, registers: tuple[_Register, ...]
) -> dict[Binding, errors.Bitrix24Error]:
    """Return what could not be bound, or what cannot be told whether it is, with the error."""
    read = portal.batch([register.get for register in registers])
    refused: dict[Binding, errors.Bitrix24Error] = {}
    missing: dict[Binding, Command[Any]] = {}
    for register in registers:
        if error := read.error(register.get):
            refused |= dict.fromkeys(register.wanted, error)
        else:
            have = read[register.get]
            missing |= {one: how for one, how in register.bind.items() if one not in have}
    done = portal.batch(list(missing.values()))
    for binding, command in missing.items():
        if error := done.error(command):
            refused[binding] = error
    return refused


def _bound(portal: Client, registers: tuple[_Register, ...]) -> set[Binding]:
    read = portal.batch([register.get for register in registers])
    known = [register.get for register in registers if read.ran(register.get)]
    return {binding for get in known for binding in read[get]}


def _why(error: errors.Bitrix24Error) -> str:
    return _WHY.get(error.code) or words.explain(error).message
