"""Who uses the installation."""

from __future__ import annotations

from django.contrib.auth.models import User


def local_administrator() -> User:
    """Return the one visitor of a local installation, the user `admin`, made at the first visit.

    The password is unusable: whoever reaches a local installation is this person, nobody signs in.
    """
    user, created = User.objects.get_or_create(
        username="admin", defaults={"is_staff": True, "is_superuser": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
