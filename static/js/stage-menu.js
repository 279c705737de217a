/* The one menu of all stages: opened by a stage's button, it acts on that stage.
 *
 *   <stage-menu><div role="menu" popover><button role="menuitem" value="rename">Rename</button>…
 *
 * An entry is an `edit` of the board, or an event named after it: `stage-rename`, `stage-recolor`,
 * `stage-add`, `stage-position`, `stage-delete`. What cannot apply stays, and says why.
 */
customElements.define("stage-menu", class extends HTMLElement {
  connectedCallback() {
    this.editor = this.closest("board-editor");
    this.menu = this.querySelector("[role=menu]");
    this.entries = Array.from(this.querySelectorAll("[role=menuitem]"));
    for (const entry of this.entries) entry.ariaLabel = entry.textContent;
    this.editor.addEventListener("board-fresh", ({ detail }) => this.furnish(detail));
    // A press on the button of an open menu closes it, and must not open it again.
    this.editor.addEventListener("pointerdown", ({ target }) => {
      this.closing = this.button && target.closest(".actions") === this.button;
    }, true);
    this.editor.addEventListener("click", ({ target }) => {
      if (target.matches(".actions") && !this.closing) this.open(target, 0);
    });
    this.editor.addEventListener("keydown", (event) => {
      if (event.target.matches(".actions") && /^Arrow(Up|Down)$/.test(event.key)) {
        event.preventDefault();
        this.open(event.target, event.key === "ArrowUp" ? -1 : 0);
      }
    });
    this.menu.addEventListener("keydown", (event) => this.key(event));
    this.menu.addEventListener("click", ({ target }) => this.choose(target.closest("[role=menuitem]")));
    this.menu.addEventListener("toggle", ({ newState }) => newState === "closed" && this.closed());
  }

  furnish(piece) {
    for (const button of piece.querySelectorAll(".actions")) {
      button.type = "button";
      button.ariaHasPopup = "menu";
      button.ariaExpanded = "false";
    }
  }

  open(button, at) {
    this.button = button;
    this.item = button.closest(".stage");
    this.menu.ariaLabel = button.ariaLabel;
    this.excuse();
    this.menu.showPopover();
    button.ariaExpanded = "true";
    const { left, right, bottom } = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.menu;
    this.menu.style.setProperty("--x", `${Math.max(8, Math.min(this.mirrored() ? left : right - width, innerWidth - width - 8))}px`);
    this.menu.style.setProperty("--y", `${Math.max(8, Math.min(bottom + 4, innerHeight - height - 8))}px`);
    this.entries.at(at).focus();
  }

  mirrored() {
    return getComputedStyle(this).direction === "rtl";
  }

  closed() {
    this.button.ariaExpanded = "false";
    if (document.activeElement === document.body) this.button.focus();
    this.button = null;
  }

  /* Say at each entry why it cannot apply. */
  excuse() {
    const stages = Array.from(this.editor.querySelectorAll(".stages > .stage:not(.draft)"));
    const first = this.item === stages[0] && "It is already first.";
    const last = this.item === stages.at(-1) && "It is already last.";
    const adding = this.item.dataset.draft && "It is still being added.";
    const home = first && "New tasks land here: make another stage the first one, then delete this one.";
    const kept = this.item.querySelector("[data-system-type]") && "The portal keeps its default stages. Another title or colour makes this one an ordinary stage.";
    const [left, right] = this.mirrored() ? [last, first] : [first, last];
    const reasons = { left, start: first, right, end: last, position: stages.length === 1 && "It is the only stage.", delete: adding || home || kept };
    for (const entry of this.entries) {
      const reason = this.item.matches(".going") ? "It is being deleted." : reasons[entry.value];
      entry.querySelector("small")?.remove();
      entry.ariaDisabled = reason ? "true" : null;
      entry.removeAttribute("aria-describedby");
      if (!reason) continue;
      entry.append(Object.assign(document.createElement("small"), { id: `why-${entry.value}`, textContent: reason }));
      entry.setAttribute("aria-describedby", `why-${entry.value}`);
    }
  }

  key(event) {
    const at = this.entries.indexOf(document.activeElement);
    const count = this.entries.length;
    const to = { ArrowDown: (at + 1) % count, ArrowUp: (at - 1 + count) % count, Home: 0, End: count - 1 }[event.key];
    if (event.key === "Tab") return this.close();
    const later = [...this.entries.slice(at + 1), ...this.entries.slice(0, at + 1)];
    const named = event.key.length === 1 && later.find((entry) => entry.ariaLabel.toLowerCase().startsWith(event.key.toLowerCase()));
    if (to === undefined && (!named || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    (this.entries[to] ?? named).focus();
  }

  close() {
    const { button } = this;
    this.menu.hidePopover();
    button?.focus();
  }

  choose(entry) {
    if (!entry || entry.ariaDisabled) return;
    const { item } = this;
    this.close();
    const key = (other) => (other ? other.dataset.stageId ?? other.dataset.draft : 0);
    const before = item.previousElementSibling;
    const [back, on] = [before?.previousElementSibling, item.nextElementSibling];
    const [left, right] = this.mirrored() ? [on, back] : [back, on];
    const anchors = { left, right, start: null, end: item.parentElement.lastElementChild };
    const own = { "add-before": ["stage-add", { after: before }], "add-after": ["stage-add", { after: item }] };
    const title = item.querySelector(".name").textContent;
    const [name, detail] = entry.value in anchors
      ? ["edit", { stage: key(item), action: "move", fields: { after_id: key(anchors[entry.value]) }, name: `move of ${title}` }]
      : own[entry.value] ?? [`stage-${entry.value}`, { item }];
    this.editor.dispatchEvent(new CustomEvent(name, { detail }));
  }
});
