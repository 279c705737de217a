/* A stage that is being deleted: it is not picked up any more, and what is put after it comes before it.
 *
 * The edits made meanwhile reach the portal when the stage has gone, and nothing can come after it.
 */
const editor = document.querySelector("board-editor");
const key = (item) => item.dataset.stageId ?? item.dataset.draft;

editor.addEventListener("edit", ({ detail: { stage, fields } }) => {
  let anchor = editor.find(fields?.after_id);
  if (!anchor?.matches(".going")) return;
  while (anchor && (anchor.matches(".going") || key(anchor) === String(stage))) anchor = anchor.previousElementSibling;
  fields.after_id = anchor ? key(anchor) : 0;
}, true);

for (const kind of ["click", "keydown"]) {
  editor.addEventListener(kind, (event) => {
    if (event.key === "Tab" || !event.target.closest(".stage.going") || !event.target.matches(".handle, .arrow")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}
