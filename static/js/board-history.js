/* The last changes of a board, fetched when they are looked at and after every edit.
 *
 *   <board-history><details><div hx-get="…" hx-trigger="wanted"></div></details></board-history>
 */
customElements.define("board-history", class extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.details.addEventListener("toggle", () => this.show());
    document.querySelector("board-editor")?.addEventListener("edit-done", ({ detail }) => detail.more || this.show());
    this.show();
  }

  show() {
    if (this.details.open) this.querySelector("[hx-get]").dispatchEvent(new Event("wanted"));
  }
});
