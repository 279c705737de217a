"""Word of a removal that cannot be checked at once, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from sandbox.server import Sandbox
from stages.models import Credential, Installation, Portal
from tests.web.embed.frame import ADA, Frame
from tests.web.embed.telling import post, send, uninstalled


@pytest.fixture
def unchecked(installed: Sandbox) -> Sandbox:
    """A portal that took the app off and asked for its data to go, while nobody could be asked."""
    installed.oauth_faults.arm("html", times=99)
    assert uninstalled(installed, clean=True) == 502
    assert Installation.objects.get().uninstalled_at is None
    return installed


def prune(*, days: float) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        call_command("prune_portals")


def test_a_removal_that_could_not_be_checked_counts_once_it_is_found_true(
    unchecked: Sandbox,
) -> None:
    prune(days=1)
    assert Installation.objects.get().uninstalled_at is None
    unchecked.oauth_faults.clear()
    told = timezone.now()
    prune(days=2)
    installation = Installation.objects.get()
    assert installation.uninstalled_at
    assert installation.delete_after
    assert installation.delete_after - timedelta(days=7) <= told
    assert not Credential.objects.filter(disabled_reason="").exists()
    prune(days=7.1)
    assert not Portal.objects.exists()


def test_a_removal_that_could_not_be_checked_and_is_false_is_forgotten(
    installed: Sandbox,
) -> None:
    installed.oauth_faults.arm("html", times=9)
    form = installed.events.form(installed.installation, "ONAPPUNINSTALL", {"CLEAN": "1"}, None)
    assert post(form) == 502
    installed.oauth_faults.clear()
    prune(days=1)
    installed.authority.uninstall(installed.installation)
    prune(days=9)
    installation = Installation.objects.get()
    assert (installation.uninstalled_at, installation.unchecked_clean) == (None, False)
    assert not Credential.objects.exclude(disabled_reason="").exists()


def test_who_opens_the_app_again_shows_that_it_is_there(unchecked: Sandbox) -> None:
    unchecked.oauth_faults.clear()
    unchecked.apps.add(unchecked.app).finished = True
    assert Frame().open(unchecked.open_app(ADA)).status_code == 200
    prune(days=9)
    assert Installation.objects.get().uninstalled_at is None


@pytest.fixture
def opened_by_nobody(portal: Sandbox) -> Sandbox:
    """A portal whose queue alone told of the app, and that it was taken off with its data."""
    pair = portal.authority.issue(portal.installation, ADA)
    assert send(portal, "ONAPPINSTALL", pair) == 200
    assert uninstalled(portal, clean=True) == 200
    assert Installation.objects.get().uninstalled_at is None
    return portal


@pytest.mark.usefixtures("opened_by_nobody")
def test_a_removal_without_any_token_to_ask_about_waits_a_week() -> None:
    prune(days=6.9)
    assert Installation.objects.get().uninstalled_at is None
    prune(days=7.1)
    assert not Portal.objects.exists()


def test_a_removal_without_any_token_is_forgotten_once_somebody_opens_the_app(
    opened_by_nobody: Sandbox,
) -> None:
    opened_by_nobody.apps.add(opened_by_nobody.app)  # shows the install page
    assert Frame().open(opened_by_nobody.open_app(ADA)).status_code == 200
    prune(days=9)
    assert Installation.objects.get().uninstalled_at is None


def test_a_wrong_token_leaves_nothing_to_check(installed: Sandbox) -> None:
    installed.oauth_faults.arm("html", times=9)
    assert uninstalled(installed, auth={"application_token": "0" * 32}) == 403
    assert Installation.objects.get().unchecked_since is None
