"""The addresses of the API."""

from __future__ import annotations

from django.urls import include, path, re_path, register_converter

from stages.api import boards, changes, docs, rpa, unknown
from stages.converters import BoardRefConverter, IdConverter
from stages.http import portal_not_required

register_converter(IdConverter, "id")

# /api/v1/
v1_urls = [
    path("boards/", boards.Boards.as_view(), name="api_boards"),
    path("boards/<board:ref>/", boards.Board.as_view(), name="api_board"),
    path("boards/<board:ref>/order/", boards.BoardOrder.as_view(), name="api_order"),
    path("boards/<board:ref>/stages/", boards.Stages.as_view(), name="api_stages"),
    path("boards/<board:ref>/stages/<id:stage_id>/", boards.Stage.as_view(), name="api_stage"),
    path("rpa/types/", rpa.Types.as_view(), name="api_rpa_types"),
    path("rpa/types/<id:type_id>/stages/", rpa.TypeStages.as_view(), name="api_rpa_stages"),
    path("rpa/stages/<id:stage_id>/", rpa.Stage.as_view(), name="api_rpa_stage"),
    path("changes/", changes.Changes.as_view(), name="api_changes"),
    path("changes/<id:change_id>/", changes.Change.as_view(), name="api_change"),
    path("changes/<id:change_id>/undo/", changes.Undo.as_view(), name="api_undo"),
]

urlpatterns = [
    path("v1/", include(v1_urls)),
    path("schema/", portal_not_required(docs.Document.as_view()), name="api_schema"),
    path("docs/", docs.docs, name="api_docs"),
    re_path(
        rf"^v1/boards/(?!({BoardRefConverter.regex})/)[^/]+/",
        unknown.UnknownBoard.as_view(),
        name="api_unknown_board",
    ),
    re_path("", unknown.Unknown.as_view(), name="api_unknown"),
]
