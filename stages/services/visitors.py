"""Who uses the installation."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from stages.domain.actor import Actor, Source
from stages.services import refusals

_LOCAL = "admin"


def local_administrator() -> User:
    """Return the one visitor of a local installation, the user `admin`, made at the first visit.

    The password is unusable: whoever reaches a local installation is this person, nobody signs in.
    """
    user, created = User.objects.get_or_create(
        username=_LOCAL, defaults={"is_staff": True, "is_superuser": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def add(*, name: str, password: str, full_name: str = "") -> User:
    """Add somebody who may sign in; refuse a name that is taken or odd, and a weak password."""
    first, _, last = full_name.strip().partition(" ")
    user = User(username=name.strip(), first_name=first, last_name=last)
    try:
        user.full_clean(exclude=["password"])
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise refusals.invalid(" ".join(error.messages)) from error
    user.set_password(password)
    user.save()
    return user


def actor(*, user: User, source: Source = Source.PAGE) -> Actor:
    """Return a user as whoever does something: by the name that others see."""
    return Actor(user.pk, user.get_full_name() or user.get_username(), source)


def at_the_command_line(*, name: str = "") -> User:
    """Return the user a command is for: the one named, the local administrator, the only one."""
    if settings.LOCAL and name in ("", _LOCAL):
        return local_administrator()
    if name:
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise refusals.no_such_user(name)
        return user
    users = list(User.objects.filter(is_active=True)[:2])
    if len(users) != 1:
        raise refusals.whose_connection()
    return users[0]
