/* Moving a stage with the keys, on its handle.
 *
 * Space or Enter lifts and drops, arrows, Home, End and 1 to 9 move, Escape and Tab put back.
 * Without lifting, Alt with an arrow moves at once; what is pressed within 600 ms is one move.
 * The drop is an `edit` event; each step is a `say` event.
 */
const editor = document.querySelector("board-editor");
const MERGE = 600; // ms
let lifted = null; // {item, from, timer}

const list = () => editor.querySelector(".stages");
const stages = () => Array.from(list().querySelectorAll(".stage:not(.draft)"));
const title = (item) => item.querySelector(".name").textContent;
const key = (item) => item.dataset.stageId ?? item.dataset.draft;
const tell = (name, detail) => editor.dispatchEvent(new CustomEvent(name, { detail }));
const where = (item) => `position ${stages().indexOf(item) + 1} of ${stages().length}`;

/* Left and right work in a column, too, where the menu still calls the ways that. */
function steps(pressed) {
  const { flexDirection, direction } = getComputedStyle(list());
  const flat = flexDirection === "row";
  const mirrored = flat && direction === "rtl" ? -1 : 1;
  const ways = { ArrowLeft: -mirrored, ArrowRight: mirrored, ...(!flat && { ArrowUp: -1, ArrowDown: 1 }) };
  return ways[pressed] ?? 0;
}

function lift(item, quietly) {
  lifted = { item, from: stages().indexOf(item) };
  item.classList.add("lifted");
  if (quietly) return;
  item.querySelector(".handle").ariaPressed = "true";
  tell("say", `Picked up ${title(item)}, ${where(item)}.`);
}

function moveTo(position) {
  const { item } = lifted;
  const others = stages().filter((other) => other !== item);
  const to = Math.max(0, Math.min(position, others.length));
  if (to === stages().indexOf(item)) return;
  const [was] = stages();
  tell("stage-place", { item, after: others[to - 1] ?? null });
  const [first] = stages();
  const lands = first === was ? "" : `. New tasks will land ${first === item ? "here" : `in ${title(first)}`}`;
  tell("say", `${title(item)}, ${where(item)}${lands}`);
}

function putDown() {
  const { item, from, timer } = lifted;
  clearTimeout(timer);
  lifted = null;
  item.classList.remove("lifted");
  item.querySelector(".handle").ariaPressed = null;
  return [item, from, stages().indexOf(item)];
}

function drop() {
  const [item, from, to] = putDown();
  if (from === to) {
    tell("say", `${title(item)} is where it was. Nothing changed.`);
    return tell("idle");
  }
  tell("say", `${title(item)} moved from position ${from + 1} to ${to + 1} of ${stages().length}. Saving.`);
  const after = item.previousElementSibling;
  const fields = { after_id: after ? key(after) : 0 };
  tell("edit", { stage: key(item), action: "move", fields, name: `move of ${title(item)}` });
}

function cancel() {
  const others = stages().filter((other) => other !== lifted.item);
  tell("stage-place", { item: lifted.item, after: others[lifted.from - 1] ?? null });
  const [item] = putDown();
  tell("say", `Cancelled. ${title(item)} is back at ${where(item)}.`);
  tell("idle");
}

// A press of Space or Enter, or of a screen reader, is a click without a pointer.
editor.addEventListener("click", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle) return;
  event.preventDefault();
  if (event.detail > 0) return;
  if (lifted) drop();
  else lift(handle.closest(".stage"));
});

editor.addEventListener("board-fresh", ({ detail }) => {
  for (const handle of detail.querySelectorAll(".handle")) handle.setAttribute("aria-describedby", "handle-help");
});

editor.addEventListener("keydown", (event) => {
  if (!event.target.matches(".handle") || event.ctrlKey || event.metaKey) return;
  const step = steps(event.key);
  const item = event.target.closest(".stage");
  if (event.altKey && step && (!lifted || lifted.timer)) {
    event.preventDefault();
    if (!lifted) lift(item, true);
    clearTimeout(lifted.timer);
    lifted.timer = setTimeout(drop, MERGE);
    return moveTo(stages().indexOf(item) + step);
  }
  if (!lifted) return;
  if (event.key === "Tab" && lifted.timer) return drop();
  const digit = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : null;
  const ends = { Home: 0, End: stages().length - 1 };
  const to = step ? stages().indexOf(item) + step : ends[event.key] ?? digit;
  const back = ["Escape", "Tab"].includes(event.key);
  if (to === null && !back) return;
  event.preventDefault(); // so that the first Tab stays here, too
  if (back) cancel();
  else moveTo(to);
});

editor.addEventListener("focusout", (event) => {
  if (!lifted || !lifted.item.contains(event.target) || !document.hasFocus()) return;
  if (lifted.timer) drop();
  else cancel();
});

// Before the page asks whether everything is saved.
addEventListener("beforeunload", () => lifted?.timer && drop(), true);
