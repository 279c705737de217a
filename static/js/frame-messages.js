/* Shows messages where people look: the frame is as high as its page, whose foot may be far below the window.
 *
 * Which part of the frame is in sight the portal does not tell; the browser does, as an intersection.
 */
const notes = document.querySelector(".notes");

function place() {
  const message = notes.querySelector(".message");
  if (!message) return;
  notes.style.setProperty("--below", "0px");
  const sight = new IntersectionObserver(([{ boundingClientRect: all, intersectionRect: seen }]) => {
    sight.disconnect();
    let end = seen.height ? seen.bottom : all.bottom;
    // Not on the links at the foot, which lead on.
    const foot = document.querySelector(".frame-foot");
    const covers = foot && end > foot.offsetTop && end - heightOf(notes) < foot.offsetTop + foot.offsetHeight;
    if (covers) end = foot.offsetTop;
    notes.style.setProperty("--below", `${Math.max(0, all.bottom - end)}px`);
    message.scrollIntoView({ block: "nearest" });
  });
  sight.observe(notes);
}

const heightOf = (region) => Array.from(region.children).reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);

if (notes) {
  new MutationObserver(place).observe(notes, { childList: true, subtree: true });
  place();
}
