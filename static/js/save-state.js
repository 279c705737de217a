/* Whether everything is on the portal yet, and how much is still on its way.
 *
 *   <save-state>All changes are live in Bitrix24</save-state>
 *
 * Where an answer takes long it says so, and then offers not to wait for it: `edit-hurry` {again}.
 * A page is not left by accident while edits are on their way, or kept for another try.
 */
const SLOW = 2_000; // ms
const LONG = 10_000; // ms

customElements.define("save-state", class extends HTMLElement {
  connectedCallback() {
    this.saved = this.textContent;
    this.editor = this.closest("board-editor");
    this.editor.addEventListener("queue-change", ({ detail }) => this.show(detail));
    this.editor.addEventListener("edit-post", () => (this.failed = false));
    this.editor.addEventListener("edit-failed", () => (this.failed = true));
    this.editor.addEventListener("edit-drop", () => this.leave());
    addEventListener("beforeunload", (event) => this.unsaved() && event.preventDefault());
  }

  show(waiting) {
    clearTimeout(this.slow);
    clearTimeout(this.long);
    this.toggleAttribute("busy", waiting > 0);
    if (!waiting) return this.rest();
    const count = waiting > 1 ? `: ${waiting} edits to go` : "…";
    const slowly = `The portal is answering slowly${count}`;
    this.textContent = `Saving${count}`;
    this.slow = setTimeout(() => (this.textContent = slowly), SLOW);
    this.long = setTimeout(() => this.replaceChildren(`${slowly} `, this.button("Try again", true), this.button("Cancel", false)), LONG);
  }

  rest() {
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    this.textContent = this.failed ? "Not everything was saved" : `Saved ${time}. ${this.saved}`;
  }

  /* What was not saved is not wanted any more. */
  leave() {
    if (this.failed && !this.hasAttribute("busy")) this.textContent = this.saved;
    this.failed = false;
  }

  unsaved() {
    return this.hasAttribute("busy") || this.editor.held.length > 0;
  }

  button(text, again) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", () => {
      this.show(this.editor.queue.length);
      this.editor.dispatchEvent(new CustomEvent("edit-hurry", { detail: { again } }));
    });
    return made;
  }
});
