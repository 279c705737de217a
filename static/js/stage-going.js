/* A stage that is being deleted is not picked up any more: what was to be done to it would come too late. */
const editor = document.querySelector("board-editor");

for (const kind of ["click", "keydown"]) {
  editor.addEventListener(kind, (event) => {
    if (event.key === "Tab" || !event.target.closest(".stage.going") || !event.target.matches(".handle, .arrow")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}
