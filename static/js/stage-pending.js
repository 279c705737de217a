/* A spinner on each stage with an edit on its way, and how far a deletion with tasks has come.
 *
 * Listens on <board-editor> to `edit-apply`, `edit-done` and `board-show`.
 */
const editor = document.querySelector("board-editor");
const waiting = new Map(); // how many edits, by the stage's number

const key = ({ draft, stage }) => editor.id(draft ?? stage);

function count(edit, more) {
  const left = (waiting.get(key(edit)) ?? 0) + more;
  waiting.set(key(edit), left);
  find(edit)?.classList.toggle("pending", left > 0);
}

function find(edit) {
  const names = [String(edit.draft ?? edit.stage), key(edit)];
  return Array.from(editor.querySelector(".stages").children).find((item) =>
    names.includes(item.dataset.stageId ?? item.dataset.draft));
}

editor.addEventListener("edit-apply", ({ detail: edit }) => count(edit, 1));
editor.addEventListener("edit-done", ({ detail: { edit, more, progress } }) => {
  if (!more) return count(edit, -1);
  const item = find(edit);
  if (item && progress) item.querySelector(".body").dataset.progress = `${progress.moved} of ${progress.total} tasks moved`;
});
editor.addEventListener("board-show", ({ detail: { edits } }) => {
  waiting.clear();
  for (const edit of edits) count(edit, 1);
});
