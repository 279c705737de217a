"""The board as a page has it: what its scripts post, and what the answers show and say."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.test import Client

from stages.domain.board import Board, BoardRef
from stages.services import stage_edits, visits
from stages.services.refusals import Refusal
from tests import portal
from tests.matrix.edits import Edit
from tests.matrix.held import BOARD, DONE, NEW, Row

_STAGE = re.compile(
    r'data-stage-id="(\d+)".*?<rect fill="#([0-9A-F]{6})".*?<span class="name"[^>]*>(.*?)</span>',
    re.DOTALL,
)
_WORDS = re.compile(r'<div id="(?:news|alerts)"[^>]*>(.*?)</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an edit was answered: the status, the words, and the board where one is shown."""

    status: int
    words: str
    stages: tuple[Row, ...] | None

    @property
    def done(self) -> bool:
        return self.status == 200

    @property
    def busy(self) -> bool:
        return "earlier edit of this board" in self.words or "still under way" in self.words


class Page:
    """A board of the portal with this slug, opened by somebody who has signed in."""

    def __init__(self, user: User, slug: str) -> None:
        self._user, self._slug = user, slug
        self._client = Client(headers={"host": "127.0.0.1:8000", "hx-request": "true"})
        self._client.force_login(user)

    def open(self) -> Answer:
        """Open the board anew, as somebody does who tries again."""
        path = f"/p/{self._slug}/boards/{BOARD}/?probe=1"
        response = self._client.get(path, headers={"hx-request": "false"})
        return _answer(response.status_code, response.content)

    def make(self, edit: Edit) -> Answer:
        """Make an edit as the script does, which posts what the answers say is to be posted next.

        A whole order is posted by no page, but by programs.
        """
        if edit.path is None:
            return self._reorder(edit.fields["order"])
        fields = edit.fields
        while True:
            path = f"/p/{self._slug}/boards/{BOARD}/stages/{edit.path}"
            response = self._client.post(path, fields)
            following = json.loads(response.headers.get("Board-Edit", "{}")).get("continue")
            if response.status_code != 200 or not following:
                return _answer(response.status_code, response.content)
            fields = following["fields"]

    def _reorder(self, order: list[int]) -> Answer:
        ref = BoardRef.parse(BOARD)
        connection = visits.connect(user=self._user, slug=self._slug)
        try:
            outcome = stage_edits.reorder(connection=connection, ref=ref, order=order)
        except Refusal as refused:
            board = refused.board.board if refused.board else None
            return Answer(refused.status, f"{refused.message} {refused.hint}", _read(board))
        return Answer(200, outcome.sentence, _read(outcome.details.board))


def _answer(status: int, content: bytes) -> Answer:
    text = content.decode()
    stages = tuple(
        _row(int(number), html.unescape(title), color)
        for number, color, title in _STAGE.findall(text)
    )
    words = " ".join(html.unescape(_TAG.sub("", found)) for found in _WORDS.findall(text))
    return Answer(status, words.strip(), stages if 'id="board"' in text else None)


def _read(board: Board | None) -> tuple[Row, ...] | None:
    return tuple(_row(*row) for row in portal.as_read(board)) if board else None


def _row(number: int, title: str, color: str) -> Row:
    return number if number <= DONE else NEW, title, color
