/* Keeps messages where people look: the frame is as high as its page, whose foot may be far below the window.
 *
 * Which part of the frame is in sight the portal does not tell; the browser does, as an intersection.
 * The portal's scrolling changes no ratio that would be told by itself, so the browser is asked again
 * and again for as long as there is a message.
 */
const PERIOD = 150; // ms
const GAP = 16; // px
const notes = document.querySelector(".notes");
let watching = false;

function look(first) {
  const message = notes.querySelector(".message");
  watching = message !== null && getComputedStyle(notes).position === "fixed";
  if (!watching) return message?.scrollIntoView({ block: "nearest" });
  const sight = new IntersectionObserver(([{ boundingClientRect: all, intersectionRect: seen }]) => {
    sight.disconnect();
    let end = seen.height && seen.bottom < all.bottom ? seen.bottom - GAP : all.bottom;
    // Not on the links at the foot, which lead on.
    const foot = document.querySelector(".frame-foot");
    const covers = foot && end > foot.offsetTop && end - heightOf(notes) < foot.offsetTop + foot.offsetHeight;
    if (covers) end = foot.offsetTop;
    notes.style.setProperty("--below", `${Math.max(0, all.bottom - end)}px`);
    if (first) message.scrollIntoView({ block: "nearest" });
    setTimeout(look, PERIOD, false);
  });
  sight.observe(notes);
}

const heightOf = (region) => Array.from(region.children).reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);

if (notes) {
  const came = () => watching || look(true);
  new MutationObserver(came).observe(notes, { childList: true, subtree: true });
  came();
}
