/* Dragging a stage: with a mouse by its header, with a finger by its handle after a hold.
 *
 *   <board-sort><ol><li class="stage" data-stage-id="101">…</li></ol></board-sort>
 *
 * A drop is an `edit` event. Escape, the right button, another window and a lost pointer cancel.
 */
customElements.define("board-sort", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    if (!this.list.closest("board-editor")?.hasAttribute("stages") || !this.querySelector(".add")) return;
    this.sortable = Sortable.create(this.list, {
      draggable: ".stage:not(.draft)",
      handle: ".head",
      // Buttons and fields are for pressing; a finger on the header scrolls the board.
      filter: (event) => {
        const finger = event.pointerType && event.pointerType !== "mouse";
        return !event.target.closest(finger ? ".handle" : ".head") || Boolean(event.target.closest(".actions, title-field, .going"));
      },
      preventOnFilter: false,
      direction: () => this.direction(),
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      delay: 250,
      delayOnTouchOnly: true,
      touchStartThreshold: 8,
      // The browser's own dragging knows neither touch nor a cancel that we could undo.
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 4,
      scroll: false, // edge-scroll.js does
      onStart: () => this.start(),
      onChange: () => this.list.dispatchEvent(new CustomEvent("stage-order", { bubbles: true })),
      onUnchoose: () => setTimeout(() => this.dispatchEvent(new CustomEvent("idle", { bubbles: true }))),
      onEnd: ({ item }) => this.end(item),
    });
    this.lost = (event) => {
      const { type, key, button, target } = event;
      if ((type === "keydown" && key === "Escape") || (type === "mousedown" && button === 2) || (type === "blur" && target === window)) this.cancel();
    };
    this.cancelling = () => (this.cancelled = true);
  }

  /* In a row from right to left, the library takes whatever is right of the last stage for the end;
   * told that the row is a column, it goes by the stage under the pointer alone. */
  direction() {
    const { flexDirection, direction } = getComputedStyle(this.list);
    return flexDirection === "row" && direction === "ltr" ? "horizontal" : "vertical";
  }

  disconnectedCallback() {
    this.sortable?.destroy();
  }

  listen(change) {
    for (const name of ["keydown", "mousedown", "blur"]) window[change](name, this.lost, true);
    document[change]("pointercancel", this.cancelling, true);
    document[change]("contextmenu", this.noMenu, true);
  }

  noMenu(event) {
    event.preventDefault();
  }

  start() {
    this.before = Array.from(this.list.children);
    this.cancelled = false;
    // What follows the pointer is a picture of the stage, not the stage a second time.
    delete Sortable.ghost.dataset.stageId;
    delete Sortable.ghost.dataset.draft;
    Sortable.ghost.inert = true;
    this.listen("addEventListener");
  }

  cancel() {
    if (!this.cancelled) document.dispatchEvent(new PointerEvent("pointercancel"));
  }

  end(item) {
    this.listen("removeEventListener");
    // In its place at once, and as it was: the next drag may begin in the next frame.
    for (const other of this.list.children) {
      other.animated = false;
      other.removeAttribute("style");
      other.removeAttribute("draggable");
    }
    item.querySelector(".handle").focus({ preventScroll: true });
    // A stage whose deletion was answered meanwhile is not there any more.
    this.before = this.before.filter(({ isConnected }) => isConnected);
    if (this.cancelled) return this.restore();
    if (this.before.every((other, at) => other === this.list.children[at])) return;
    const before = item.previousElementSibling;
    const title = item.querySelector(".name").textContent;
    const key = (other) => other.dataset.stageId ?? other.dataset.draft;
    const fields = { after_id: before ? key(before) : 0 };
    const detail = { stage: key(item), action: "move", fields, name: `move of ${title}` };
    this.dispatchEvent(new CustomEvent("edit", { detail, bubbles: true }));
  }

  restore() {
    this.list.append(...this.before);
    this.list.dispatchEvent(new CustomEvent("stage-order", { bubbles: true }));
  }
});
