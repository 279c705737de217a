/* Deleting a stage, after a dialog whose content the server makes: what is in it, and where it goes.
 *
 *   <stage-removal><dialog></dialog></stage-removal>
 */
customElements.define("stage-removal", class extends HTMLElement {
  connectedCallback() {
    this.editor = this.closest("board-editor");
    this.dialog = this.querySelector("dialog");
    this.loading = Array.from(this.dialog.childNodes);
    this.editor.addEventListener("stage-delete", ({ detail }) => this.open(detail.item));
    this.dialog.addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("click", ({ target }) => target.closest("[value=cancel], .loading button") && this.dialog.close());
    this.dialog.addEventListener("close", () => this.closed());
  }

  async open(item) {
    this.item = item;
    this.stage = this.editor.id(item.dataset.stageId);
    const title = item.querySelector(".name").textContent;
    this.name = `deletion of ${title}`;
    this.dialog.ariaLabel = `Delete ${title}`;
    this.dialog.replaceChildren(...this.loading);
    this.dialog.showModal();
    this.asked = new AbortController();
    const page = await this.ask().catch(() => null);
    if (this.asked.signal.aborted) return;
    const part = page?.querySelector("#main") ?? page?.body;
    if (!page?.querySelector("form, [value=cancel], button")) return this.fail(page);
    this.dialog.replaceChildren(...Array.from(part.childNodes, (node) => document.adoptNode(node)));
    (this.dialog.querySelector("[autofocus]") ?? this.dialog.querySelector("select, button"))?.focus();
  }

  async ask() {
    const admin = this.editor.hasAttribute("as-admin") ? "?as_admin=1" : "";
    const address = `${this.editor.getAttribute("stages")}${this.stage}/delete/${admin}`;
    this.status = 0;
    const response = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.asked.signal });
    this.status = response.status;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  fail(page) {
    this.dialog.close();
    const lost = this.status === 0 || this.status >= 500;
    const detail = { edit: { name: this.name }, page, ask: lost && ["stage-delete", { item: this.item }] };
    this.editor.dispatchEvent(new CustomEvent("edit-failed", { detail }));
  }

  submit(event) {
    event.preventDefault();
    this.dialog.close();
    if (event.submitter?.value !== "cancel") this.remove(Object.fromEntries(new FormData(event.target)));
  }

  closed() {
    this.asked.abort();
    this.item.querySelector(".actions")?.focus();
  }

  /* At once, not with the event of the closing, which comes later: nothing may slip in between. */
  remove(fields) {
    for (const own of ["csrfmiddlewaretoken", "as_admin", "shown"]) delete fields[own];
    const detail = { stage: this.stage, action: "delete", fields, name: this.name };
    this.editor.dispatchEvent(new CustomEvent("edit", { detail }));
  }
});
