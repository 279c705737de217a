"""The history, and taking changes back."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from stages.api import answers, documented, examples
from stages.api.base import ApiView, EditView, paged
from stages.api.boards import goes_on
from stages.api.requests import AdminQuery, ChangesQuery
from stages.services import long_work, shapes
from stages.services.changes import listing
from stages.services.long_work import GoesOn


class Changes(ApiView):
    @documented.call(
        "list_changes",
        "List the changes, the latest first",
        query=ChangesQuery,
        answers={200: (answers.ChangePage, examples.CHANGES)},
    )
    def get(self, request: Request) -> Response:
        query = self.query(ChangesQuery)
        found = listing.changes(
            connection=self.connect(query),
            board=query["board"],
            as_admin=self.as_admin(query),
            page=query["page"],
            size=query["page_size"],
        )
        return paged(request, query, found.count, found.entries, shapes.change_as_json)


class Change(ApiView):
    @documented.call(
        "read_change",
        "Read a change, and how far long work is",
        path=("change_id",),
        query=AdminQuery,
        answers={200: (answers.ChangeDetail, examples.CHANGE_DETAIL)},
    )
    def get(self, _request: Request, change_id: int) -> Response:
        query = self.query(AdminQuery)
        connection, as_admin = self.connect(query), self.as_admin(query)
        entry = listing.entry(connection=connection, change_id=change_id, as_admin=as_admin)
        return Response({**shapes.change_as_json(entry), "progress": entry.progress})


class Undo(EditView):
    @documented.call(
        "undo_change",
        "Undo a change",
        path=("change_id",),
        query=AdminQuery,
        answers={200: (answers.ChangeAnswer, examples.CHANGE), **documented.GOES_ON},
        edits=True,
    )
    def post(self, request: Request, change_id: int) -> Response:
        connection, manner = self.asked()
        done = long_work.undo(connection=connection, change_id=change_id, **manner)
        if isinstance(done, GoesOn):
            return goes_on(request, done)
        return Response(shapes.change_as_json(done))
