/* Renaming in place: F2 on a stage, a double click on its title, or `stage-rename` {item}.
 *
 * The title gives way to a <title-field>; what is saved is an `edit`.
 */
const editor = document.querySelector("board-editor");

function begin(item) {
  if (item.querySelector("title-field") || item.matches(".going, .draft")) return;
  const name = item.querySelector(".name");
  const back = item.contains(document.activeElement) && document.activeElement.matches("button") ? document.activeElement : item.querySelector(".actions");
  const field = document.createElement("title-field");
  field.setAttribute("value", name.textContent);
  const close = (by) => {
    const focused = field.contains(document.activeElement);
    field.remove();
    name.hidden = false;
    if (focused && by !== "Tab") back.focus();
    editor.dispatchEvent(new CustomEvent("idle"));
  };
  let last = "";
  field.addEventListener("keydown", ({ key }) => (last = key), true);
  field.addEventListener("title-dropped", () => close());
  field.addEventListener("title-saved", ({ detail: title }) => {
    const [stage, old, saw] = [item.dataset.stageId ?? item.dataset.draft, name.textContent, editor.row(item)];
    close(last);
    if (title === old) return;
    const edit = { stage, action: "rename", fields: { title }, name: `rename of ${old}`, saw };
    editor.dispatchEvent(new CustomEvent("edit", { detail: edit }));
  });
  name.hidden = true;
  name.after(field);
}

editor.addEventListener("stage-rename", ({ detail }) => begin(detail.item));
editor.addEventListener("dblclick", ({ target }) => {
  const name = target.closest(".stages .name");
  if (name) begin(name.closest(".stage"));
});
editor.addEventListener("keydown", (event) => {
  const item = event.target.closest(".stages > .stage");
  if (event.key === "F2" && item) begin(item);
});
editor.addEventListener("board-fresh", ({ detail }) => {
  // A stage can be pressed or focused by a script, so that F2 knows which one is meant.
  for (const item of detail.querySelectorAll(".stage")) item.tabIndex = -1;
});
