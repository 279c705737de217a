/* Undo and redo of one's own edits, of this visit and of earlier ones.
 *
 *   <edit-history undo='[{"change": 7, "name": "…"}]' redo="[]"><button value="undo">…</button><button value="redo">…</button></edit-history>
 *
 * What undoes an edit comes with its answer (`edit-done`): its number in the history, and what the undo
 * will look like where that is known. Undoing an undo is redo.
 * An undo takes its turn behind the edits that still wait: `edit-recall` then asks for it: for the next one, or for
 * the one that was picked (`entry`). What one has undone already the server tells as done. Whoever
 * undoes a deletion of this visit from within the board is led to the stage that comes back, unless
 * something else was begun there since.
 */
customElements.define("edit-history", class extends HTMLElement {
  connectedCallback() {
    const read = (name) => JSON.parse(this.getAttribute(name) || "[]");
    this.stacks = { undo: read("undo"), redo: read("redo") };
    this.editor = this.closest("board-editor");
    this.editor.addEventListener("edit-done", ({ detail }) => this.remember(detail));
    this.editor.addEventListener("edit-taken", ({ detail }) => (detail.inside = this.inside()));
    this.editor.addEventListener("edit-recall", ({ detail }) => this.recall(detail));
    this.editor.addEventListener("edit-dropped", ({ detail }) => detail.toReversed().forEach((edit) => this.putBack(edit)));
    this.addEventListener("click", ({ target }) => this.go(target.closest("button")?.value));
    document.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  remember({ edit, undo, more }) {
    if (more) return;
    if (undo) this.push(edit.kind === "undo" ? "redo" : "undo", undo);
    if (!edit.kind) this.stacks.redo = [];
    this.show();
  }

  /* What will not be tried again can be undone as before, unless it was made and only its tasks are left. */
  putBack({ kind, entry, undo }) {
    if (undo) this.push(kind === "undo" ? "redo" : "undo", undo);
    else if (entry) this.push(kind, entry);
    this.show();
  }

  push(kind, entry) {
    this.take(entry.change);
    this.stacks[kind].push(entry);
  }

  /* Return the entry of a change, wherever it stands, and leave it out. */
  take(change) {
    const found = Object.values(this.stacks).flat().find((entry) => entry.change === change);
    for (const [kind, entries] of Object.entries(this.stacks)) this.stacks[kind] = entries.filter((entry) => entry !== found);
    return found;
  }

  recall(edit) {
    const wanted = edit.entry ?? this.stacks[edit.kind].at(-1);
    if (!wanted) return;
    edit.entry = this.take(wanted.change);
    const entry = edit.entry ?? { change: wanted.change, name: wanted.name };
    const name = edit.name ?? `${edit.kind} of the ${entry.name}`;
    Object.assign(edit, { action: "undo" }, entry, { name, fields: { ...entry.fields } });
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
