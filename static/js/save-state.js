/* Whether everything is on the portal yet, and how much is still on its way.
 *
 *   <save-state>All changes are live in Bitrix24</save-state>
 */
const SLOW = 2_000; // ms

customElements.define("save-state", class extends HTMLElement {
  connectedCallback() {
    this.saved = this.textContent;
    this.closest("board-editor").addEventListener("queue-change", ({ detail }) => this.show(detail));
    this.closest("board-editor").addEventListener("edit-failed", () => (this.failed = true));
  }

  show(waiting) {
    clearTimeout(this.timer);
    const count = waiting > 1 ? `: ${waiting} edits to go` : "…";
    if (waiting) {
      this.textContent = `Saving${count}`;
      this.failed = false;
      this.timer = setTimeout(() => (this.textContent = `The portal is answering slowly${count}`), SLOW);
    } else {
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      this.textContent = this.failed ? "Not everything was saved" : `Saved ${time}. ${this.saved}`;
    }
    this.toggleAttribute("busy", waiting > 0);
  }
});
