"""The tasks module's refusals in the portal's two languages."""

from __future__ import annotations

from sandbox.errors import RestError
from sandbox.process import Call

_TEXTS = {
    "ACCESS_DENIED_GROUP": (
        "You cannot view tasks in this group",
        "Вы не можете просматривать задачи в этой группе",
    ),
    "ACCESS_DENIED": ("You cannot manage stages", "Вы не можете управлять стадиями"),
    "ACCESS_DENIED_MOVE": (
        "You cannot move this task",
        "Вы не можете перемещать эту задачу",
    ),
    "DIFFERENT_STAGES": (
        "Stage and task belong to different groups",
        "Стадия и задача находятся в разных группах",
    ),
    "EMPTY_TITLE": ("Stage title is missing", "Не указан заголовок стадии"),
    "NOT_FOUND": ("Stage was not found", "Стадия не найдена"),
    "NO_EMPTY": ("There are tasks in this stage", "Стадия не пуста от задач"),
    "IS_SYSTEM": (
        "Default stage cannot be deleted",
        "Стадия, установленная по-умолчанию, не может быть удалена",
    ),
    "TASK_NOT_FOUND": (
        "The task was not found, or access is denied.",
        "Задача не найдена или доступ к ней запрещен.",
    ),
}


def refusal(call: Call, code: str) -> RestError:
    """Build the refusal with its text in the portal's language."""
    english, russian = _TEXTS[code]
    text = russian if call.process.switches.language == "ru" else english
    return RestError("ACCESS_DENIED" if code == "ACCESS_DENIED_GROUP" else code, text)
