/* A field for a stage's title, as long as it is being typed.
 *
 *   <title-field value="Review"></title-field>
 *
 * Enter and Tab tell `title-saved` with the title, Escape tells `title-dropped`. A title that cannot
 * be one keeps the field open and says why.
 */
const LONGEST = 255; // characters, as people and the portal count them

customElements.define("title-field", class extends HTMLElement {
  connectedCallback() {
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "text", value: this.getAttribute("value") ?? "", ariaLabel: "Stage title", autocomplete: "off" });
    this.error = Object.assign(document.createElement("span"), { id: "title-error", className: "error" });
    this.append(this.input, this.error);
    this.complain("");
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.complain(""));
    this.input.addEventListener("blur", () => document.hasFocus() && this.leave());
    this.input.focus();
    this.input.select();
  }

  key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") this.end("title-dropped");
    if (event.key === "Enter" || event.key === "Tab") {
      if (event.key === "Enter" || this.problem()) event.preventDefault();
      this.save();
    }
  }

  /* A click elsewhere keeps what was typed, if it can be kept. */
  leave() {
    if (!this.ended) this.save();
  }

  save() {
    const problem = this.problem();
    this.complain(problem);
    if (!problem) this.end("title-saved", this.input.value.trim());
  }

  end(name, detail) {
    if (this.ended) return;
    this.ended = true;
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  problem() {
    const title = this.input.value.trim();
    const length = Array.from(title).length;
    if (!title) return "Give the stage a title.";
    if (length > LONGEST) return `A title has at most ${LONGEST} characters; this one has ${length}.`;
    return /[\p{Cc}\p{Cs}]/u.test(title) ? "A title is one line of text, without control characters." : "";
  }

  complain(problem) {
    this.error.textContent = problem;
    this.error.role = problem ? "alert" : null;
    this.input.ariaInvalid = problem ? "true" : null;
    // By a connection that was lent, a line of the page that stays in sight says as whom one acts.
    const said = problem ? this.error : document.getElementById("lent");
    if (said) this.input.setAttribute("aria-describedby", said.id);
    else this.input.removeAttribute("aria-describedby");
  }
});
