/* Says what does not work where the browser keeps no cookie for the frame: links, and forms that lead on.
 *
 *   <frame-cookies><template>What to do.</template></frame-cookies>
 *
 * Without one the next page would not know who asks for it, and the browser would show none.
 */
const PROBE = "frame-probe=1";
const ATTRIBUTES = "path=/; SameSite=None; Secure; Partitioned";

customElements.define("frame-cookies", class extends HTMLElement {
  connectedCallback() {
    this.template = this.querySelector("template");
    document.cookie = `${PROBE}; ${ATTRIBUTES}`;
    const kept = document.cookie.includes(PROBE);
    document.cookie = `${PROBE}; ${ATTRIBUTES}; Max-Age=0`;
    if (kept) return;
    document.addEventListener("click", (event) => this.leaves(event.target.closest("a[href]")) && this.tell(event));
    document.addEventListener("submit", (event) => event.target.method !== "dialog" && this.tell(event));
  }

  leaves(link) {
    return link?.origin === location.origin && !link.target;
  }

  tell(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const told = this.template.content.cloneNode(true);
    (document.getElementById("alerts") ?? this).replaceChildren(told);
  }
});
