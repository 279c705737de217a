/* Undo and redo of one's own edits, of this visit and of earlier ones.
 *
 *   <edit-history undo='[{"change": 7, "name": "…"}]' redo="[]"><button value="undo">…</button><button value="redo">…</button></edit-history>
 *
 * What undoes an edit comes with its answer (`edit-done`): its number in the history, and what the undo
 * will look like where that is known. Undoing an undo is redo.
 * An undo takes its turn behind the edits that still wait: `edit-recall` then asks for it. Whoever
 * undoes a deletion of this visit from within the board is led to the stage that comes back, unless
 * something else was begun there since.
 */
customElements.define("edit-history", class extends HTMLElement {
  connectedCallback() {
    const read = (name) => JSON.parse(this.getAttribute(name) || "[]");
    this.stacks = { undo: read("undo"), redo: read("redo") };
    this.editor = this.closest("board-editor");
    this.editor.addEventListener("edit-done", ({ detail }) => this.remember(detail));
    this.editor.addEventListener("edit-taken", ({ detail }) => this.note(detail));
    this.editor.addEventListener("edit-recall", ({ detail }) => this.recall(detail));
    this.addEventListener("click", ({ target }) => this.go(target.closest("button")?.value));
    document.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  note(edit) {
    edit.inside = this.inside();
    if (!edit.change) return;
    // Picked out of the history, wherever it stands there.
    const { undo, redo } = this.stacks;
    edit.kind ??= redo.some(({ change }) => change === edit.change) ? "redo" : "undo";
    const others = (entries) => entries.filter(({ change }) => change !== edit.change);
    this.stacks = { undo: others(undo), redo: others(redo) };
    this.show();
  }

  remember({ edit, undo, more }) {
    if (more) return;
    if (undo) this.stacks[edit.kind === "undo" ? "redo" : "undo"].push(undo);
    if (!edit.kind) this.stacks.redo = [];
    this.show();
  }

  recall(edit) {
    const entry = this.stacks[edit.kind].pop();
    if (!entry) return;
    Object.assign(edit, { action: "undo" }, entry, { fields: { ...entry.fields } });
    if (edit.action === "add") edit.draft = `new-again-${entry.fields.restores}`;
    this.show();
    const begun = this.editor.querySelector("title-field, .lifted, .sortable-chosen, dialog[open]");
    const leads = edit.draft && edit.inside && this.inside() && !begun;
    this.editor.dispatchEvent(new CustomEvent("edit-apply", { detail: edit }));
    if (leads) this.editor.querySelector(`[data-draft="${edit.draft}"] .actions`)?.focus();
  }

  inside() {
    return Boolean(document.activeElement.closest("#board"));
  }

  go(kind) {
    if (kind) this.editor.dispatchEvent(new CustomEvent("edit", { detail: { kind } }));
  }

  key(event) {
    const name = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(name)) return;
    if (event.target.matches("input, textarea, select") || document.querySelector("dialog[open], .lifted")) return;
    event.preventDefault();
    this.go(name === "y" || event.shiftKey ? "redo" : "undo");
  }

  show() {
    for (const button of this.querySelectorAll("button")) {
      const word = button.value === "undo" ? "Undo" : "Redo";
      const next = this.stacks[button.value].at(-1);
      const focused = button === document.activeElement;
      button.disabled = !next;
      button.ariaLabel = next ? `${word}: ${next.name}` : `Nothing to ${button.value}`;
      button.title = button.ariaLabel;
      // A button that can do nothing more would take the focus with it.
      if (focused && !next) this.querySelector("button:enabled")?.focus();
    }
  }
});
