/* A board that is slow to open: its outline after 150 ms, then in words, then a way out.
 *
 *   <page-opening role="main" hidden><template><h1></h1>…<p role="status"></p></template></page-opening>
 *
 * The browser opens the page by itself; meanwhile the old one stays alive, and shows this instead.
 */
const BOARD = /\/boards\/(my-planner|group-\d+)\/$/;
const STEPS = { show: 150, slow: 2_000, long: 10_000 }; // ms

customElements.define("page-opening", class extends HTMLElement {
  connectedCallback() {
    this.main = document.getElementById("main");
    this.template = this.querySelector("template");
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pageshow", () => this.stop());
  }

  click(event) {
    const link = event.target.closest("a[href]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link?.target;
    if (link && !event.defaultPrevented && !elsewhere) this.wait(new URL(link.href), link.textContent.trim());
  }

  submit({ target, submitter, defaultPrevented }) {
    const action = submitter?.getAttribute("formaction") ?? target.action;
    const name = document.querySelector("h1").textContent;
    if (!defaultPrevented && target.method === "get") this.wait(new URL(action, location), name);
  }

  wait(url, name) {
    this.stop();
    if (url.origin !== location.origin || !BOARD.test(url.pathname) || document.querySelector("save-state")?.unsaved?.()) return;
    Object.assign(this, { url, name });
    this.timers = Object.entries(STEPS).map(([step, after]) => setTimeout(() => this[step](), after));
  }

  show() {
    this.replaceChildren(this.template.content.cloneNode(true));
    this.querySelector("h1").textContent = this.name;
    this.main.hidden = true;
    this.hidden = false;
  }

  slow() {
    this.querySelector("[role=status]").textContent = "The portal is answering slowly…";
  }

  long() {
    this.append(this.button("Try again", () => this.again()), " ", this.button("Cancel", () => this.cancel()));
  }

  button(text, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", act);
    return made;
  }

  cancel() {
    window.stop();
    this.stop();
  }

  again() {
    const { url, name } = this;
    this.cancel();
    location.assign(url);
    this.wait(url, name);
  }

  stop() {
    this.timers?.forEach(clearTimeout);
    this.replaceChildren();
    this.main.hidden = false;
    this.hidden = true;
  }
});
