"""A process that calls a portal: `python -m tests.services.caller CREDENTIAL CALLS`.

It says that it is ready, and begins when it reads a line.
"""

from __future__ import annotations

import sys

import django


def main(credential_id: int, calls: int) -> None:
    django.setup()
    from stages.bitrix24.methods import users
    from stages.domain.actor import Actor
    from stages.models import Credential
    from stages.services import connections

    credential = Credential.objects.select_related("portal").get(pk=credential_id)
    connection = connections.use(credential=credential, actor=Actor(credential.user_id, "test"))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(calls):
        connection.client.call(users.profile())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
