/* What a person saw when an edit was made, who may have made it before an answer told otherwise.
 *
 * Listens on <board-editor> to `edit-taken`, to note it down in the edit: its stage's row (`saw`), and the
 * stage it is to come after with all on the left of that (`left`: {key, row}); and to `edit-meant`
 * {edit}, into which it puts the board that the edit was made on (`shown`) and its `anchor` there.
 */
const editor = document.querySelector("board-editor");
const removed = new Set(); // the stages that one's own edits deleted
const key = ({ dataset }) => dataset.stageId ?? dataset.draft;

function left({ stage, fields }) {
  const items = Array.from(editor.querySelectorAll(".stages > .stage:has(.name)"));
  const at = items.findIndex((item) => key(item) === String(fields?.after_id));
  const others = items.slice(0, at + 1).filter((item) => key(item) !== String(stage));
  return others.reverse().map((item) => ({ key: key(item), row: editor.row(item) }));
}

/* Where one's own edits removed it, or never made it, the next on the left. */
function anchor({ left, fields }, rows) {
  const keys = left.map(({ key }) => editor.id(key));
  const [wanted] = keys;
  if (!wanted || (Number(wanted) && !removed.has(wanted))) return editor.id(fields.after_id);
  return keys.find((key) => rows.some(([number]) => String(number) === key)) ?? "0";
}

/* The board as the portal last told it, so that the answer can name what others did since; what the
 * edit is about as the person saw it. */
function shown({ saw, left }, rows, anchor) {
  const place = (wanted) => rows.findIndex(([number]) => number === wanted);
  const board = rows.map((row) => (saw && saw[0] === row[0] ? saw : row));
  if (!left.length || !Number(anchor) || place(Number(anchor)) >= 0) return board;
  const [lost, ...others] = left.map(({ key, row }) => [Number(editor.id(key)), ...row.slice(1)]);
  const neighbour = others.map(([number]) => place(number)).find((at) => at >= 0) ?? -1;
  board.splice(neighbour + 1, 0, lost);
  return board;
}

editor.addEventListener("edit-taken", ({ detail: edit }) => {
  edit.saw ??= editor.row(editor.find(edit.stage));
  edit.left ??= left(edit);
});
editor.addEventListener("edit-done", ({ detail: { edit, more } }) => {
  if (edit.action === "delete" && !more) removed.add(editor.id(edit.stage));
});
editor.addEventListener("edit-meant", ({ detail }) => {
  const rows = Array.from(editor.truth.querySelectorAll("[data-stage-id]"), editor.row);
  detail.anchor = anchor(detail.edit, rows);
  detail.shown = shown(detail.edit, rows, detail.anchor);
});
