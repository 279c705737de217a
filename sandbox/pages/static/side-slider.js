// A slider: a page of the portal, laid over this one. Links with data-slider open in it.

class SideSlider extends HTMLElement {
  connectedCallback() {
    document.addEventListener("portal:open", ({ detail }) => this.open(detail.path, detail.closed));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-slider]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open(link.getAttribute("href"));
    });
    window.addEventListener("message", ({ origin, source, data }) => {
      const own = origin === window.location.origin && source === this.frame?.contentWindow;
      if (own && data === "portal:close") this.dialog.close();
    });
  }

  open(path, closed = () => {}) {
    this.dialog?.close();
    const address = new URL(path, window.location.origin);
    address.searchParams.set("IFRAME", "Y");
    this.dialog = document.createElement("dialog");
    this.dialog.setAttribute("aria-label", "Slider");
    const button = document.createElement("button");
    button.textContent = "Close";
    button.addEventListener("click", () => this.dialog.close());
    this.frame = document.createElement("iframe");
    this.frame.title = "Page in the slider";
    this.frame.src = address;
    const { dialog } = this;
    dialog.append(button, this.frame);
    dialog.addEventListener("close", () => {
      dialog.remove();
      closed();
    });
    this.append(dialog);
    dialog.showModal();
  }
}

customElements.define("side-slider", SideSlider);
