/* Scrolling under a dragged stage while the pointer rests near an edge: the strip sideways, the page up and down.
 *
 * The library's own goes by a place of the pointer it once heeded, which in a busy browser is an old one.
 */
const EDGE = matchMedia("(pointer: coarse)").matches ? 96 : 60; // pixels
const PACE = 0.42; // pixels in a millisecond

let strip, pointer, then, frame;
let nudge = 0.25;

function towards(low, high, at) {
  return Number(at > high - EDGE) - Number(at < low + EDGE);
}

function scroll(now) {
  frame = requestAnimationFrame(scroll);
  const far = PACE * Math.min(now - then, 50);
  then = now;
  const { left, right } = strip.getBoundingClientRect();
  const before = [strip.scrollLeft, scrollY];
  const { clientX, clientY } = pointer;
  strip.scrollBy(far * towards(Math.max(left, 0), Math.min(right, innerWidth), clientX), 0);
  scrollBy(0, far * towards(0, innerHeight, clientY));
  if (before[0] === strip.scrollLeft && before[1] === scrollY) return;
  // The library asks what is under the pointer once that has moved.
  nudge = -nudge;
  document.dispatchEvent(new PointerEvent("pointermove", { clientX: clientX + nudge, clientY, bubbles: true }));
}

function follow(event) {
  if (event.isTrusted) pointer = event;
}

document.addEventListener("start", ({ target, originalEvent }) => {
  [strip, pointer, then] = [target, originalEvent, performance.now()];
  document.addEventListener("pointermove", follow, true);
  frame = requestAnimationFrame(scroll);
});

document.addEventListener("end", () => {
  document.removeEventListener("pointermove", follow, true);
  cancelAnimationFrame(frame);
});
