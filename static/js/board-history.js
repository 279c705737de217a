/* The last changes of a board, fetched when they are looked at and after every edit.
 *
 *   <board-history><details><div hx-get="…" hx-trigger="wanted"></div></details></board-history>
 *
 * What a form in it undoes (`data-change`, `data-kind`, `data-name`) waits its turn in the editor's
 * queue, and its answer is the editor's to tell.
 */
customElements.define("board-history", class extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.details.addEventListener("toggle", () => this.show());
    this.editor = document.querySelector("board-editor");
    this.editor?.addEventListener("edit-done", ({ detail }) => detail.more || this.show());
    this.editor?.addEventListener("edit-failed", ({ detail }) => detail.lost || this.show());
    this.editor?.addEventListener("edit-dropped", () => this.show());
    if (this.editor) this.addEventListener("submit", (event) => this.undo(event));
    this.show();
  }

  show() {
    if (this.details.open) this.querySelector("[hx-get]").dispatchEvent(new Event("wanted"));
  }

  undo(event) {
    event.preventDefault();
    const { change, kind, name } = event.target.dataset;
    // The button goes with the list that it is in.
    this.querySelector("summary").focus();
    this.editor.dispatchEvent(new CustomEvent("edit", { detail: { kind, entry: { change: Number(change) }, name } }));
  }
});
