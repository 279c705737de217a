"""Which application is on which portal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sandbox.applications import Account, Application, Installation


@dataclass(slots=True)
class Registry:
    """The applications by client id, and their installations, also those taken away."""

    apps: dict[str, Application] = field(default_factory=dict)
    installations: list[Installation] = field(default_factory=list)
    _ids: int = 0

    def install(self, app: Application, account: Account) -> Installation:
        """Put the application on the portal; its install page is still to come.

        A new installation has a new application token, as reproducible as all of a sandbox.
        """
        self.apps.setdefault(app.client_id, app)
        self._ids += 1
        seed = f"{app.client_id} {account.member_id} {len(self.earlier(account, app.client_id))}"
        installation = Installation(
            id=self._ids,
            app=app,
            account=account,
            token=hashlib.md5(seed.encode(), usedforsecurity=False).hexdigest(),
            finished=not app.install_url,
        )
        self.installations.append(installation)
        return installation

    def earlier(self, account: Account, client_id: str) -> list[Installation]:
        """Return every installation there has been of this application on the portal."""
        return [
            installation
            for installation in self.installations
            if installation.account.member_id == account.member_id
            and installation.app.client_id == client_id
        ]

    def current(self, account: Account) -> list[Installation]:
        """Return what is on the portal now."""
        return [
            installation
            for installation in self.installations
            if installation.present and installation.account.member_id == account.member_id
        ]

    def forget(self, account: Account) -> None:
        """Forget the portal, as if it had never had an application."""
        self.installations = [
            installation
            for installation in self.installations
            if installation.account.member_id != account.member_id
        ]
