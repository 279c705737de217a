"""RPA, read-only; stages as the portal's documentation has them, flat."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from stages.api import answers, documented, examples
from stages.api.base import ApiView
from stages.api.requests import Query
from stages.services import rpa, rpa_shapes


class Types(ApiView):
    @documented.call(
        "list_rpa_types",
        "List the RPA processes",
        query=Query,
        answers={200: (answers.RpaType(many=True), examples.RPA_TYPES)},
    )
    def get(self, _request: Request) -> Response:
        connection = self.connect(self.query(Query))
        found = rpa.list_types(connection=connection)
        return Response([rpa_shapes.type_as_json(one) for one in found])


class TypeStages(ApiView):
    @documented.call(
        "list_rpa_stages",
        "List the stages of an RPA process",
        path=("type_id",),
        query=Query,
        answers={200: (serializers.ListSerializer(child=answers.RpaStage), [examples.RPA_STAGE])},
    )
    def get(self, _request: Request, type_id: int) -> Response:
        connection = self.connect(self.query(Query))
        found = rpa.list_stages(connection=connection, type_id=type_id)
        return Response([rpa_shapes.stage_as_json(one) for one in found])


class Stage(ApiView):
    @documented.call(
        "read_rpa_stage",
        "Read all about a stage of an RPA process",
        path=("stage_id",),
        query=Query,
        answers={200: (answers.RpaStage, examples.RPA_STAGE)},
    )
    def get(self, _request: Request, stage_id: int) -> Response:
        connection = self.connect(self.query(Query))
        found = rpa.stage(connection=connection, stage_id=stage_id)
        return Response(rpa_shapes.stage_as_json(found))
