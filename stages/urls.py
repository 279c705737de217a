"""The site map."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path, register_converter

from stages.converters import BoardRefConverter
from stages.http import portal_not_required
from stages.views import (
    accounts,
    boards,
    embed,
    health,
    history,
    portal_address,
    portals,
    removal,
    rpa,
    shares,
    sign_in,
    stages,
    swatches,
    tokens,
)

register_converter(BoardRefConverter, "board")

# /boards/<ref>/stages/
stage_urls = [
    path("", stages.add_stage, name="add_stage"),
    path("<int:stage_id>/", stages.stage, name="stage"),
    path("<int:stage_id>/move/", stages.move, name="move"),
    path("<int:stage_id>/rename/", stages.rename, name="rename"),
    path("<int:stage_id>/recolor/", stages.recolor, name="recolor"),
    path("<int:stage_id>/delete/", removal.delete, name="delete"),
    path("<int:stage_id>/tasks/", removal.return_tasks, name="return_tasks"),
]

# /history/
history_urls = [
    path("", history.history, name="history"),
    path("<int:change_id>/undo/", history.undo, name="undo"),
    path("<int:change_id>/restore/", history.restore, name="restore"),
]

# /rpa/
rpa_urls = [
    path("", rpa.processes, name="processes"),
    path("stages/<int:stage_id>/", rpa.rpa_stage, name="rpa_stage"),
]

# /portals/<slug>/
one_portal_urls = [
    path("address/", portal_address.address, name="portal_address"),
    path("shares/", shares.shares, name="shares"),
    path("shares/<int:share_id>/", shares.share, name="share"),
    path("shares/<int:share_id>/end/", shares.end, name="end_share"),
]

# /portals/
portal_urls = [
    path("", portals.portals, name="portals"),
    path("webhooks/", portals.connect_webhook, name="connect_webhook"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke_token, name="revoke_token"),
    path("sign-in/", sign_in.begin_sign_in, name="begin_sign_in"),
    path("signed-in/", sign_in.finish_sign_in, name="finish_sign_in"),
    path("<int:credential_id>/test/", portals.test_connection, name="test_connection"),
    path("<int:credential_id>/disconnect/", portals.disconnect, name="disconnect"),
    path("<int:credential_id>/plan/", portals.set_plan, name="set_plan"),
]

# /embed/
embed_urls = [
    path("", embed.embed, name="embed"),
    path("install/", embed.install, name="install"),
    path("events/", embed.heed_event, name="heed_event"),
    path("session/", embed.renew_frame, name="renew_frame"),
]

# /accounts/
account_urls = [
    path("login/", portal_not_required(accounts.login), name="login"),
    path("logout/", login_not_required(portal_not_required(LogoutView.as_view())), name="logout"),
    path("password/", portal_not_required(accounts.password_change), name="password_change"),
]

urlpatterns = [
    path("", boards.boards, name="boards"),
    path("boards/<board:ref>/", boards.board, name="board"),
    path("boards/<board:ref>/stages/", include(stage_urls)),
    path("history/", include(history_urls)),
    path("rpa/", include(rpa_urls)),
    path("portals/", include(portal_urls)),
    path("portals/<slug:slug>/", include(one_portal_urls)),
    path("embed/", include(embed_urls)),
    path("accounts/", include(account_urls)),
    path("api/", include("stages.api.urls")),
    path("colors/", swatches.swatches, name="swatches"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
