/* Shows messages where people look: the frame is as high as its page, whose foot may be far below the window.
 *
 * Which part of the frame is in sight the portal does not tell; the browser does, as an intersection.
 */
const notes = document.querySelector(".notes");

function place() {
  const message = notes.querySelector(".message");
  if (!message) return;
  const sight = new IntersectionObserver(([{ intersectionRect: seen }]) => {
    sight.disconnect();
    // Not on the links at the foot, which lead on.
    const foot = document.querySelector(".frame-foot")?.offsetTop ?? innerHeight;
    const below = Math.max(0, innerHeight - Math.min(foot, seen.bottom || innerHeight));
    notes.style.setProperty("--below", `${below}px`);
    message.scrollIntoView({ block: "nearest" });
  });
  sight.observe(document.body);
}

if (notes) {
  new MutationObserver(place).observe(notes, { childList: true, subtree: true });
  place();
}
