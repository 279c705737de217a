/* The keys, in a dialog: `?` or its button opens it. Single keys can be switched off in it.
 *
 *   <shortcut-help><button>Shortcuts</button><dialog>…<input type="checkbox">…
 */
// In a portal's frame, or where the browser stores nothing, the choice lasts as long as the page.
const alone = window === window.parent;
const stored = () => { try { return alone && localStorage.getItem("single-keys"); } catch { return null; } };
const store = (value) => { try { alone && localStorage.setItem("single-keys", value); } catch { /* see above */ } };

customElements.define("shortcut-help", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.single = this.querySelector("[type=checkbox]");
    this.single.checked = stored() !== "off";
    this.single.addEventListener("change", () => store(this.single.checked ? "on" : "off"));
    this.querySelector("button").addEventListener("click", () => this.dialog.showModal());
    this.querySelector("[value=close]").addEventListener("click", () => this.dialog.close());
    document.addEventListener("keydown", ({ key, target }) => {
      const typing = target.matches("input, textarea, select") || document.querySelector("dialog[open], :popover-open");
      if (key === "?" && this.single.checked && !typing) this.dialog.showModal();
    });
  }
});
