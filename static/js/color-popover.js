/* A stage's colour: the portal's defaults, its further colours, and any other as hex digits.
 *
 *   <color-popover more="/colors/"><div popover><div role="grid">…<button value="00C4FB">…
 *
 * What is under the focus or typed is shown on the stage; Enter or a click is the `edit`, Escape or
 * a click elsewhere puts the colour back.
 */
customElements.define("color-popover", class extends HTMLElement {
  connectedCallback() {
    this.editor = this.closest("board-editor");
    this.panel = this.querySelector("[popover]");
    this.hex = this.querySelector("input");
    this.editor.addEventListener("stage-recolor", ({ detail }) => this.open(detail.item));
    this.panel.addEventListener("click", ({ target }) => this.press(target.closest("button")));
    this.panel.addEventListener("focusin", ({ target }) => target.matches(".swatch") && this.preview(target.value));
    this.panel.addEventListener("keydown", (event) => this.key(event));
    this.hex.addEventListener("input", () => this.typed() && this.preview(this.typed()));
    this.alert = this.querySelector(".error");
    this.panel.addEventListener("beforetoggle", ({ newState }) => newState === "closed" && this.paint(this.was));
    this.panel.addEventListener("toggle", ({ newState }) => newState === "closed" && document.activeElement === document.body && this.item.querySelector(".actions").focus());
  }

  open(item) {
    Object.assign(this, { item, saw: this.editor.row(item), was: item.querySelector("rect").getAttribute("fill").slice(1) });
    this.panel.ariaLabel = `Colour of ${item.querySelector(".name").textContent}`;
    this.panel.showPopover();
    this.place();
    this.preview(this.was);
    this.typed();
    const swatches = Array.from(this.querySelectorAll(".swatch"));
    const own = swatches.find(({ value }) => value === this.was);
    for (const swatch of swatches) swatch.ariaSelected = String(swatch === own);
    this.stop(own ?? swatches[0]);
    (own ?? swatches[0] ?? this.hex).focus();
  }

  /* Below the stage, as far as the window has room. */
  place() {
    const { left, bottom } = this.item.querySelector(".head").getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.panel;
    this.panel.style.setProperty("--x", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
    this.panel.style.setProperty("--y", `${Math.max(8, Math.min(bottom + 4, innerHeight - height - 8))}px`);
  }

  /* One colour of each grid can be reached with Tab, the others with the arrows. */
  stop(swatch) {
    for (const other of swatch?.closest("[role=grid]").querySelectorAll(".swatch") ?? []) other.tabIndex = other === swatch ? 0 : -1;
  }

  preview(color) {
    const detail = this.paint(color);
    // The stage shows the colour, so what lies at the foot of a phone must not lie over it.
    const [head, panel] = [this.item.querySelector(".head"), this.panel].map((one) => one.getBoundingClientRect());
    if (head.bottom > panel.top) this.item.scrollIntoView();
    if (document.activeElement !== this.hex) this.hex.value = `#${color}`;
    this.querySelector("output").textContent = `${detail.text === "black" ? "Black" : "White"} text, contrast ${detail.ratio.toFixed(1)} to 1`;
  }

  typed() {
    const [, digits] = this.hex.value.trim().match(/^#?([0-9a-f]{6}|[0-9a-f]{3})$/i) ?? [];
    this.hex.ariaInvalid = digits ? null : "true";
    if (digits) this.alert.textContent = "";
    return digits && (digits.length === 3 ? digits.replace(/./g, "$&$&") : digits).toUpperCase();
  }

  press(button) {
    if (button?.value === "more") this.more(button);
    else if (button?.value === "use") this.choose(this.typed());
    else if (button) this.choose(button.value);
  }

  async more(button) {
    button.disabled = true;
    const answer = await fetch(this.getAttribute("more")).catch(() => null);
    const grid = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".swatches");
    button.disabled = false;
    if (!grid) return (button.textContent = "The other colours cannot be loaded. Try again");
    button.replaceWith(document.adoptNode(grid));
    this.place();
    this.stop(grid.querySelector(".swatch"));
    grid.querySelector(".swatch").focus();
  }

  choose(color) {
    if (!color) {
      this.alert.textContent = "A colour is six hex digits, such as #00C4FB.";
      return this.hex.focus();
    }
    const { item, was, saw } = this;
    this.panel.hidePopover();
    item.querySelector(".actions").focus();
    // At once, not with the event of the closing, which comes later: nothing may slip in between.
    if (color === was) return;
    const [stage, title] = [item.dataset.stageId ?? item.dataset.draft, item.querySelector(".name").textContent];
    const detail = { stage, action: "recolor", fields: { color }, name: `colour of ${title}`, saw };
    this.editor.dispatchEvent(new CustomEvent("edit", { detail }));
  }

  paint(color) {
    const detail = { item: this.item, color };
    this.editor.dispatchEvent(new CustomEvent("stage-paint", { detail }));
    return detail;
  }

  key(event) {
    if (event.key === "Enter" && event.target === this.hex) {
      event.preventDefault(); // or the button that gets the focus is pressed by it
      return this.choose(this.typed());
    }
    const grid = event.target.closest("[role=grid]");
    if (!grid) return;
    const swatches = Array.from(grid.querySelectorAll(".swatch"));
    const [at, wide] = [swatches.indexOf(event.target), grid.querySelectorAll("[role=row]:first-child .swatch").length];
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - wide, ArrowDown: at + wide, Home: 0, End: swatches.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (swatches[to]) this.stop(swatches[to]);
    swatches[to]?.focus();
  }
});
