/* Renews the page's session in a portal's frame, for as long as the page is open.
 *
 *   <frame-session address="/embed/session/" lifetime="3600"><template>It is over.</template></frame-session>
 *
 * A machine that slept too long is told so: the template is shown.
 */
customElements.define("frame-session", class extends HTMLElement {
  connectedCallback() {
    this.renewed = Date.now();
    this.period = (Number(this.getAttribute("lifetime")) * 1000) / 3;
    setInterval(() => this.look(), Math.min(this.period, 60_000));
    document.addEventListener("visibilitychange", () => this.look());
  }

  look() {
    if (this.over || Date.now() - this.renewed < this.period) return;
    this.renew().catch(() => {}); // without a network the next look tries again
  }

  async renew() {
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    const answer = await fetch(this.getAttribute("address"), { method: "POST", headers: { "HX-Request": "true", ...headers } });
    if (answer.status === 401) return this.end();
    const session = answer.headers.get("Frame-Session");
    if (!session) return;
    this.renewed = Date.now();
    document.body.setAttribute("hx-headers", JSON.stringify({ ...headers, "X-CSRFToken": session }));
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = session;
  }

  end() {
    this.over = true;
    (document.getElementById("alerts") ?? this).append(this.querySelector("template").content);
  }
});
