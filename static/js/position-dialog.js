/* Move to position…: a number, and the stage to come after, kept in step with each other.
 *
 *   <position-dialog><dialog><form method="dialog"><input name="position"><select name="after">…
 */
customElements.define("position-dialog", class extends HTMLElement {
  connectedCallback() {
    this.editor = this.closest("board-editor");
    this.dialog = this.querySelector("dialog");
    const { position, after } = this.querySelector("form").elements;
    Object.assign(this, { position, after });
    this.editor.addEventListener("stage-position", ({ detail }) => this.open(detail.item));
    position.addEventListener("input", () => {
      const place = Math.round(Number(position.value));
      if (place >= 1 && place <= Number(position.max)) after.selectedIndex = place - 1;
    });
    after.addEventListener("change", () => (position.value = after.selectedIndex + 1));
    this.querySelector("form").addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("close", () => this.item.querySelector(".actions").focus());
    this.querySelector("[value=cancel]").addEventListener("click", () => this.dialog.close());
  }

  open(item) {
    this.item = item;
    const title = (stage) => stage.querySelector(".name").textContent;
    const key = (stage) => stage.dataset.stageId ?? stage.dataset.draft;
    const others = Array.from(item.parentElement.querySelectorAll(".stage:not(.draft)")).filter((stage) => stage !== item);
    const at = Array.from(item.parentElement.querySelectorAll(".stage:not(.draft)")).indexOf(item);
    this.querySelector("h2").textContent = `Move ${title(item)}`;
    this.after.replaceChildren(new Option("At the start", 0), ...others.map((stage) => new Option(`After ${title(stage)}`, key(stage))));
    this.after.selectedIndex = at;
    this.before = this.after.value;
    this.position.max = others.length + 1;
    this.position.value = at + 1;
    this.querySelector("output").textContent = `of ${others.length + 1}`;
    this.dialog.showModal();
    this.position.select();
  }

  /* At once, not with the event of the closing, which comes later: nothing may slip in between. */
  submit(event) {
    const { item, after } = this;
    event.preventDefault();
    this.dialog.close();
    if (after.value === this.before) return;
    const detail = {
      stage: item.dataset.stageId ?? item.dataset.draft,
      action: "move",
      fields: { after_id: after.value },
      name: `move of ${item.querySelector(".name").textContent}`,
    };
    this.editor.dispatchEvent(new CustomEvent("edit", { detail }));
  }
});
