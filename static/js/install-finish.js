/* Tells the portal that the app is installed; the portal then loads its page anew.
 *
 *   <install-finish at-once><button>Finish</button></install-finish>
 */
customElements.define("install-finish", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.finish());
    if (this.hasAttribute("at-once")) this.finish();
  }

  finish() {
    document.dispatchEvent(new CustomEvent("portal-command", { detail: { command: "setInstallFinish" } }));
  }
});
