/* Dragging a stage by its handle.
 *
 *   <board-sort stages="/boards/group-12/stages/"><ol><li data-stage-id="101">…</li></ol></board-sort>
 *
 * A drop is shown at once and posted to <stages><id>/move/ as `after_id`. The answer is the board as
 * the portal has it; where none comes, the stages go back to where they were.
 */
customElements.define("board-sort", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.handles = this.querySelectorAll(".handle");
    // Without this script a handle opens the stage's page; with it a click must not leave the board.
    for (const handle of this.handles) handle.type = "button";
    this.sortable = Sortable.create(this.list, {
      handle: ".handle",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      delay: 200,
      delayOnTouchOnly: true,
      touchStartThreshold: 8,
      // The browser's own dragging knows neither touch nor a cancel that we could undo.
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 4,
      scrollSensitivity: 60,
      onStart: () => {
        this.order = this.stageIds();
        // What follows the pointer is a picture of the stage, not the stage a second time.
        Sortable.ghost.removeAttribute("data-stage-id");
        Sortable.ghost.inert = true;
      },
      onEnd: ({ item }) => this.drop(item),
    });
    this.addEventListener("htmx:sendError", this.restore);
    this.addEventListener("htmx:timeout", this.restore);
    this.addEventListener("htmx:afterRequest", this.settle);
  }

  disconnectedCallback() {
    this.sortable.destroy();
  }

  stageIds() {
    return Array.from(this.list.children, (item) => item.dataset.stageId);
  }

  drop(item) {
    if (this.stageIds().join() === this.order.join()) return;
    const after = item.previousElementSibling?.dataset.stageId ?? 0;
    this.sortable.option("disabled", true);
    htmx.ajax("POST", `${this.getAttribute("stages")}${item.dataset.stageId}/move/`, {
      source: this,
      target: "#board",
      swap: "outerHTML",
      values: { after_id: after },
    });
  }

  /* Refused without a newer board to show: the one before the drop is the truth. */
  settle({ detail }) {
    if (detail.xhr.status >= 400 && detail.xhr.getResponseHeader("HX-Reswap") === "none") {
      this.putBack();
    }
  }

  restore() {
    this.putBack();
    document.getElementById("alerts").replaceChildren(
      Object.assign(document.createElement("p"), {
        className: "message bad",
        textContent: "Board Admin cannot be reached. Nothing was changed; try again in a moment.",
      }),
    );
  }

  putBack() {
    for (const id of this.order) {
      this.list.append(this.list.querySelector(`:scope > [data-stage-id="${id}"]`));
    }
    this.sortable.option("disabled", false);
  }
});
