/* Adding a stage: a field in the place where the stage will be.
 *
 * The button after the last stage, the ones at the seams, and `stage-add` {after}, which is a stage or null for the start.
 * On an empty board, several titles are added at once, one per line.
 */
const editor = document.querySelector("board-editor");
const list = () => editor.querySelector(".stages");
const key = (item) => item?.dataset.stageId ?? item?.dataset.draft ?? 0;
let made = 0;

function add(title, after) {
  const draft = `new-${++made}`;
  // However often it has to be tried, the server adds it once.
  const fields = { title, after_id: after, once: crypto.randomUUID?.() ?? null };
  const detail = { stage: null, action: "add", draft, fields, name: `adding of ${title}` };
  editor.dispatchEvent(new CustomEvent("edit", { detail }));
  return draft;
}

function begin(after) {
  const open = list().querySelector(".draft");
  if (open && open === after) after = open.previousElementSibling;
  open?.remove();
  const item = Object.assign(document.createElement("li"), { className: "stage draft" });
  const head = Object.assign(document.createElement("div"), { className: "head" });
  head.append(document.createElement("title-field"));
  item.append(head);
  const opener = document.activeElement;
  let closed = false; // the browser tells of a lost focus while the field is being removed
  const close = (focus) => {
    closed = true;
    const focused = item.contains(document.activeElement);
    const before = key(item.previousElementSibling);
    item.remove();
    if (focused && focus) (opener.isConnected && opener !== document.body ? opener : editor.querySelector(".add")).focus();
    editor.dispatchEvent(new CustomEvent("idle"));
    return before;
  };
  item.addEventListener("title-dropped", () => close(true));
  item.addEventListener("title-saved", ({ detail: title }) => {
    const focused = item.contains(document.activeElement);
    const draft = add(title, close(false));
    if (focused) list().querySelector(`[data-draft="${draft}"] .actions`)?.focus();
  });
  item.addEventListener("focusout", () => {
    // Nothing was typed and the person went elsewhere.
    if (document.hasFocus() && !closed && !item.querySelector("input").value.trim()) close(false);
  });
  if (after) after.after(item);
  else list().prepend(item);
  item.querySelector("input").focus();
  item.scrollIntoView({ block: "nearest", inline: "nearest" });
}

editor.addEventListener("stage-add", ({ detail }) => begin(detail.after));
editor.addEventListener("click", (event) => {
  if (!event.target.closest(".add, .add-first, .seam")) return;
  event.preventDefault();
  begin(event.target.closest(".stage") ?? list().lastElementChild);
});
editor.addEventListener("submit", (event) => {
  if (!event.target.matches(".empty form")) return;
  event.preventDefault();
  const titles = new FormData(event.target).get("titles").split("\n").map((line) => line.trim());
  titles.filter(Boolean).reduce((after, title) => add(title, after), 0);
});
