// Another person is signed in as soon as one is chosen; without this script a button does it.

class PersonSwitch extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").hidden = true;
    this.addEventListener("change", () => this.querySelector("form").requestSubmit());
  }
}

customElements.define("person-switch", PersonSwitch);
