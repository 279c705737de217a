/* Shows an edit before the portal has it, then what the portal has.
 *
 * Listens on <board-editor> to `edit-apply`, `edit-done`, `board-show`, `stage-place` {item, after}.
 * Tells `board-fresh` of every piece of a board before it is shown, so that others can furnish it.
 */
const editor = document.querySelector("board-editor");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const tell = (name, detail) => editor.dispatchEvent(new CustomEvent(name, { detail }));
const list = () => editor.querySelector(".stages");
const items = () => Array.from(list().children);
const key = (item) => item.dataset.stageId ?? item.dataset.draft;
const find = (wanted) => items().find((item) => [String(wanted), editor.id(wanted)].includes(key(item)));
const anchor = ({ left, fields }) => left.map((one) => find(one.key)).find(Boolean) ?? find(fields.after_id);

/* The same control of the same stage keeps focus; where the stage has gone, its neighbour gets it. */
function keepingFocus(change) {
  const focused = document.activeElement;
  const holder = focused.closest("#board .stage");
  const at = items().indexOf(holder);
  change();
  if (!holder || (focused.isConnected && document.activeElement === focused)) return;
  const item = find(key(holder)) ?? items()[Math.min(at, items().length - 1)];
  const control = item?.querySelector(`.${focused.classList[0]}`) ?? item ?? editor.querySelector(".add");
  control?.focus({ preventScroll: true });
}

/* What is elsewhere after a change slides there from where it was. */
function sliding(change) {
  const before = new Map(items().map((item) => [key(item), item.getBoundingClientRect()]));
  change();
  for (const item of still.matches ? [] : items()) {
    const [was, is] = [before.get(key(item)), item.getBoundingClientRect()];
    const [x, y] = was ? [was.left - is.left, was.top - is.top] : [0, 0];
    if (x || y) item.animate({ transform: [`translate(${x}px, ${y}px)`, "none"] }, 120);
  }
}

const markFirst = () => list().querySelector(".count")?.after(...list().querySelectorAll(".first"));

/* Moves the others around the item, so that what has focus in it keeps it; or, where something in
 * another one has it, such as an open field, the item alone. */
function place({ item, after }) {
  const others = items().filter((other) => other !== item);
  const [from, to, next] = [items().indexOf(item), after ? others.indexOf(after) + 1 : 0, item.nextSibling];
  const alone = others.some((other) => other.contains(document.activeElement));
  sliding(() => {
    if (alone) list().insertBefore(item, after ? after.nextSibling : list().firstChild);
    else {
      for (const other of others.slice(from, to)) list().insertBefore(other, item);
      for (const other of others.slice(to, from)) list().insertBefore(other, next);
    }
    markFirst();
    for (const animation of item.getAnimations()) animation.cancel(); // or it is sought where it slides
    item.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

function add({ draft, left, fields }) {
  const piece = document.getElementById("new-stage").content.cloneNode(true);
  tell("board-fresh", piece);
  const item = piece.querySelector(".stage");
  item.dataset.draft = draft;
  tell("stage-paint", { item, title: fields.title, color: fields.color ?? "DFE0E3" });
  list().insertBefore(item, anchor({ left, fields })?.nextSibling ?? (Number(fields.after_id) === 0 ? list().firstChild : null));
  markFirst();
  item.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function apply(edit) {
  const { stage, action, fields } = edit;
  if (action === "add") add(edit);
  const item = find(stage);
  if (!item) return;
  if (action === "move") place({ item, after: anchor(edit) });
  if (action === "rename") tell("stage-paint", { item, title: fields.title });
  if (action === "recolor") tell("stage-paint", { item, color: fields.color });
  if (action === "delete") item.classList.add("going");
}

/* What an answer settles while later edits still wait, and the board is not shown yet. */
function land({ edit, added, more }) {
  const item = find(edit.draft ?? edit.stage);
  if (!item || more) return;
  if (added) item.dataset.stageId = added;
  if (added) delete item.dataset.draft;
  if (edit.action === "delete") keepingFocus(() => item.remove());
}

function show({ board, edits }) {
  tell("board-fresh", board);
  const old = editor.querySelector("#board");
  const [parts, fresh] = [Array.from(old.children), Array.from(board.children)];
  keepingFocus(() => {
    if (parts.length !== fresh.length) old.replaceWith(board);
    else parts.forEach((part, i) => {
      if (part.contains(list())) sliding(() => merge(Array.from(fresh[i].querySelector(".stages").children)));
      else if (!part.isEqualNode(fresh[i])) part.replaceWith(fresh[i]);
    });
    edits.forEach(apply);
  });
}

/* Every stage that already is as it should be stays: nothing blinks. */
function merge(wanted) {
  const had = new Map(items().map((item) => [key(item), item]));
  wanted.forEach((item, i) => {
    const old = had.get(key(item));
    old?.classList.remove("pending", "going");
    old?.removeAttribute("style");
    const kept = old?.isEqualNode(item) ? old : item;
    if (old && kept !== old) old.replaceWith(item);
    if (list().children[i] !== kept) list().insertBefore(kept, list().children[i] ?? null);
  });
  for (const extra of items().slice(wanted.length)) extra.remove();
}

for (const [name, act] of Object.entries({ "edit-apply": apply, "edit-done": land, "board-show": show, "stage-place": place })) {
  editor.addEventListener(name, ({ detail }) => act(detail));
}
tell("board-fresh", editor.querySelector("#board"));
