/* Counts down to the moment at which trying again makes sense, and then does it.
 *
 *   <retry-countdown seconds="12"><button>Try again</button></retry-countdown>
 *
 * The control inside works all the time. A page that nobody looks at waits until somebody does.
 */
const told = (seconds) => {
  const minutes = seconds > 90 ? `${Math.floor(seconds / 60)} min ` : "";
  return `${minutes}${minutes ? seconds % 60 : seconds} s`;
};

customElements.define("retry-countdown", class extends HTMLElement {
  connectedCallback() {
    this.due = Date.now() + Number(this.getAttribute("seconds")) * 1000;
    this.clock = document.createElement("span");
    this.clock.setAttribute("role", "timer");
    // It may stand in a region that is read out at every change.
    this.clock.setAttribute("aria-live", "off");
    this.append(this.clock);
    this.timer = setInterval(() => this.tick(), 250);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.clock.remove();
  }

  tick() {
    const left = Math.max(0, Math.ceil((this.due - Date.now()) / 1000));
    this.clock.textContent = left ? ` Goes on by itself in ${told(left)}.` : " Trying again…";
    if (left || document.hidden) return;
    clearInterval(this.timer);
    this.querySelector("a, button").click();
  }
});
