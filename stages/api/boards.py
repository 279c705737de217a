"""Boards and their stages."""

from __future__ import annotations

from django.urls import reverse
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from stages.api import answers, documented, examples
from stages.api.base import ApiView, EditView, address, entity_tag, paged
from stages.api.requests import AdminQuery, BoardsQuery, NewStage, Order, RemovalQuery, StagePatch
from stages.domain.board import BoardRef
from stages.domain.task_moves import Removal
from stages.services import boards, long_work, shapes, stage_edits
from stages.services.long_work import GoesOn
from stages.services.outcome import Outcome


class Boards(ApiView):
    @documented.call(
        "list_boards",
        "List My Planner and the groups' boards",
        query=BoardsQuery,
        answers={200: (answers.BoardPage, examples.BOARDS)},
    )
    def get(self, request: Request) -> Response:
        query = self.query(BoardsQuery)
        found = boards.list_boards(connection=self.connect(query), search=query["search"])
        start = (query["page"] - 1) * query["page_size"]
        rows = found[start : start + query["page_size"]]
        return paged(request, query, len(found), rows, shapes.listed_board_as_json)


class Board(ApiView):
    @documented.call(
        "read_board",
        "Read a board with its stages",
        path=("ref",),
        query=AdminQuery,
        answers={200: (answers.BoardAnswer, examples.BOARD)},
        tagged=True,
    )
    def get(self, _request: Request, ref: BoardRef) -> Response:
        query = self.query(AdminQuery)
        as_admin = self.as_admin(query)
        details = boards.fetch(connection=self.connect(query), ref=ref, as_admin=as_admin)
        return Response(shapes.board_as_json(details), headers=entity_tag(details.board))


class Stages(EditView):
    @documented.call(
        "add_stage",
        "Add a stage",
        path=("ref",),
        query=AdminQuery,
        body=NewStage,
        body_example={"title": "QA", "color": "FFAB00", "after_id": 0},
        answers={201: (answers.StageAnswer, examples.STAGE)},
        edits=True,
        tagged=True,
    )
    def post(self, _request: Request, ref: BoardRef) -> Response:
        what = {"after_id": None, **self.body(NewStage)}
        connection, manner = self.asked()
        outcome = stage_edits.add(connection=connection, ref=ref, **what, **manner)
        return _stage(outcome, outcome.added or 0, status.HTTP_201_CREATED)


class Stage(EditView):
    @documented.call(
        "change_stage",
        "Rename, recolour or move a stage",
        path=("ref", "stage_id"),
        query=AdminQuery,
        body=StagePatch,
        body_example={"title": "QA"},
        answers={200: (answers.StageAnswer, examples.STAGE)},
        edits=True,
        tagged=True,
    )
    def patch(self, _request: Request, ref: BoardRef, stage_id: int) -> Response:
        what = self.body(StagePatch)
        connection, manner = self.asked()
        outcome = stage_edits.change(
            connection=connection, ref=ref, stage_id=stage_id, **what, **manner
        )
        return _stage(outcome, stage_id)

    @documented.call(
        "delete_stage",
        "Delete a stage, its tasks moved first",
        path=("ref", "stage_id"),
        query=RemovalQuery,
        answers={204: (None, None), **documented.GOES_ON},
        edits=True,
        tagged=True,
    )
    def delete(self, _request: Request, ref: BoardRef, stage_id: int) -> Response:
        query = self.query(RemovalQuery)
        done = long_work.remove(
            connection=self.connect(query),
            ref=ref,
            run=Removal(stage_id, query["move_tasks_to"]),
            **self.manner(query),
        )
        if isinstance(done, GoesOn):
            return goes_on(self.request, done)
        return Response(
            status=status.HTTP_204_NO_CONTENT, headers=entity_tag(done.outcome.details.board)
        )


class BoardOrder(EditView):
    @documented.call(
        "order_stages",
        "Give a board a whole new order, in the fewest moves",
        path=("ref",),
        query=AdminQuery,
        body=Order,
        body_example={"stage_ids": [1, 3, 2]},
        answers={200: (answers.OrderedBoard, examples.ORDERED)},
        edits=True,
        tagged=True,
    )
    def put(self, _request: Request, ref: BoardRef) -> Response:
        order = self.body(Order)["stage_ids"]
        connection, manner = self.asked()
        outcome = stage_edits.reorder(connection=connection, ref=ref, order=order, **manner)
        board = shapes.board_as_json(outcome.details)
        headers = entity_tag(outcome.details.board)
        return Response({**board, "moves": len(outcome.wanted)}, headers=headers)


def goes_on(request: Request, work: GoesOn) -> Response:
    """Answer with where to see how far the work is."""
    url = address(request, reverse("api_change", args=[work.change_id]))
    body = {"id": work.change_id, "url": url}
    return Response(body, status=status.HTTP_202_ACCEPTED, headers={"Location": url})


def _stage(outcome: Outcome, stage_id: int, code: int = status.HTTP_200_OK) -> Response:
    row = boards.find_stage(details=outcome.details, stage_id=stage_id)
    headers = entity_tag(outcome.details.board)
    return Response(shapes.stage_as_json(row), status=code, headers=headers)
