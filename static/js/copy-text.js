/* Offers to copy the text inside, and says when that is done.
 *
 *   <copy-text><code>…</code></copy-text>
 *
 * Where a page has no clipboard there is no button, and where the browser refuses it, as in a frame
 * that may not use it, the text is selected instead.
 */
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
    this.button.addEventListener("click", () => this.copy());
    this.said = document.createElement("span");
    this.said.setAttribute("role", "status");
    this.append(this.button, this.said);
  }

  disconnectedCallback() {
    this.button?.remove();
    this.said?.remove();
  }

  async copy() {
    const code = this.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent.trim());
      this.said.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      this.said.textContent = "Selected: the browser lets only you copy it";
    }
  }
});
