"""One finger on the screen of a phone, through the browser's own protocol."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 800},
    "has_touch": True,
    "is_mobile": True,
}


class Finger:
    """Holds, drags, lifts off or is lost; times are in milliseconds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def drag(self, start: Locator, end: Locator, *, hold: int, lift: bool = True) -> None:
        (x, y), (_, to) = _centre(start), _centre(end)
        self._send("touchStart", (x, y))
        self.page.wait_for_timeout(hold)
        for step in range(1, 21):
            self._send("touchMove", (x, y + (to - y + 20) * step / 20))
            self.page.wait_for_timeout(10)
        if lift:
            self.lift()

    def slide(self, x: float, y: float) -> None:
        self._send("touchMove", (x, y))

    def lift(self) -> None:
        self._send("touchEnd")

    def cancel(self) -> None:
        self._send("touchCancel")


def _centre(control: Locator) -> tuple[float, float]:
    box = control.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
