/* The editor around a board: shows edits at once and sends them one after another.
 *
 *   <board-editor stages="/boards/group-12/stages/"><div id="board">…</div></board-editor>
 *
 * Takes `edit` {stage, action, fields, name, saw?} or {kind: "undo" | "redo", entry?, name?}, `edit-retry` or
 * `edit-drop` of what a lost server did not take, and `idle` from whatever held a swap up. Tells
 * `edit-taken`, `edit-recall`, `edit-apply`, `edit-post` {edit, answer}, whose answer it waits for,
 * `edit-done`, `edit-failed`, `edit-dropped` [edits], `board-show`, `queue-change`.
 */
const BUSY = ".sortable-chosen, .lifted, title-field, :popover-open, dialog[open]";

customElements.define("board-editor", class extends HTMLElement {
  queue = [];
  held = []; // what a lost server did not take, for Try again
  ids = new Map(); // what the page called a stage before the portal gave it a number

  connectedCallback() {
    this.truth = this.querySelector("#board").cloneNode(true);
    this.addEventListener("edit", ({ detail }) => this.take(detail));
    this.addEventListener("edit-retry", () => this.held.splice(0).forEach((edit) => this.take({ ...edit, fields: { ...edit.fields, probe: "1" } })));
    this.addEventListener("edit-drop", () => this.drop());
    for (const name of ["idle", "toggle", "close"]) this.addEventListener(name, () => this.settle(), true);
  }

  drop() {
    const dropped = this.held.splice(0);
    if (dropped.length) this.tell("edit-dropped", dropped);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  take(edit) {
    this.tell("edit-taken", edit);
    this.queue.push(edit);
    if (edit.action) this.tell("edit-apply", edit);
    this.tell("queue-change", this.queue.length);
    if (!this.working) this.work();
  }

  async work() {
    this.working = true;
    while (this.queue.length) {
      const edit = this.queue[0];
      // What an undo undoes is known once every edit before it is answered.
      if (!edit.action) this.tell("edit-recall", edit);
      if (edit.action) await this.send(edit);
      else this.queue.shift();
      this.tell("queue-change", this.queue.length);
    }
    this.working = false;
    this.settle();
  }

  async send(edit) {
    const posted = { edit };
    this.tell("edit-post", posted);
    const answer = await posted.answer;
    this.queue.shift();
    const board = answer.page?.querySelector("#board");
    const { outcome, page, status, given } = answer;
    if (board) this.truth = board;
    // What was refused is not what the edits behind it were made on.
    if (status !== 200) for (const later of this.queue) if (later.stage === edit.stage) later.saw = null;
    if (status === 200 && (board || outcome.continue)) return this.done(edit, answer);
    const lost = status === 0 || status >= 500 || Boolean(outcome.continue);
    // A message takes the place of the one before, and Try again goes with that.
    if (!lost) this.drop();
    // What the portal took is not sent again.
    const made = page?.querySelector("#alerts [data-fate=made]");
    if (lost && !made) this.held.push({ ...edit, ...outcome.continue });
    if (lost) this.held.push(...this.queue.splice(0).filter(({ action }) => action));
    this.tell("edit-failed", { edit, lost: lost && this.held.length > 0, given, page, back: outcome.back, more: outcome.continue, held: this.held.length });
    this.stale = this.refused = true;
    this.settle();
  }

  done(edit, { page, outcome }) {
    const { added, progress, continue: more } = outcome, undo = edit.undo ?? outcome.undo;
    this.drop();
    for (const old of added ? [edit.draft, edit.fields.restores ?? outcome.restores] : []) {
      if (old) this.ids.set(String(old), String(added));
    }
    if (more) this.queue.unshift({ ...edit, ...more, undo });
    this.tell("edit-done", { edit, undo, added, page, more, progress });
    this.stale = true;
    this.settle();
  }

  id(key) {
    let found = String(key);
    while (this.ids.has(found)) found = this.ids.get(found);
    return found;
  }

  find(stage) {
    return Array.from(this.querySelectorAll(".stages > .stage")).find((item) => item.dataset.stageId === String(stage));
  }

  row(item) {
    return item && [Number(item.dataset.stageId), item.querySelector(".name").textContent, item.querySelector("rect").getAttribute("fill").slice(1)];
  }

  /* Show the portal's board: not under a hand that is at work, and, unless an edit was refused, not
   * while edits wait, since an answer to any but the last is older than what the page shows. */
  settle() {
    if (!this.stale || (this.queue.length && !this.refused) || this.querySelector(BUSY)) return;
    this.stale = this.refused = false;
    const board = document.importNode(this.truth, true);
    this.tell("board-show", { board, edits: this.queue.filter((edit) => edit.action) });
  }
});
