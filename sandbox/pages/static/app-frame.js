// The portal's side of an application's frame: posts the form that opens it, and answers what the
// page inside asks for by postMessage, after the portal's own script (rest, applayout.js).

// Pages of this portal, and no way out of them.
const PAGES = /^\/(workgroups|company|marketplace)\/(?!.*\.\.)/;

class AppFrame extends HTMLElement {
  connectedCallback() {
    this.init = JSON.parse(this.dataset.init);
    this.denied = this.dataset.denied.split(" ");
    this.frame = this.querySelector("iframe");
    this.receive = this.receive.bind(this);
    window.addEventListener("message", this.receive);
    this.querySelector("form").submit();
  }

  disconnectedCallback() {
    window.removeEventListener("message", this.receive);
  }

  /** Obey a command of the application, known by its origin and the id of this very opening. */
  receive({ origin, data }) {
    if (origin !== this.dataset.origin) return;
    const message = read(data);
    if (!message || message.sid !== this.dataset.sid) return;
    if (!Object.hasOwn(COMMANDS, message.command) || this.denied.includes(message.command)) return;
    COMMANDS[message.command](this, message.params, (result) => {
      if (!message.callback) return;
      const text = result === undefined ? "" : JSON.stringify(result);
      this.frame.contentWindow.postMessage(`${message.callback}:${text}`, this.dataset.origin);
    });
  }

  /** Ask the portal something about the application. */
  async ask(action, values = {}) {
    const body = new URLSearchParams(values);
    const answer = await fetch(`${this.dataset.app}${action}/`, { method: "POST", body });
    return answer.json();
  }
}

/** Read `command:JSON:callback:sid`, or the object that newer libraries send. */
function read(data) {
  try {
    if (typeof data !== "string") {
      const { method, params, callback, appSid } = data ?? {};
      return { command: method, params: params ?? {}, callback, sid: appSid };
    }
    const [command, ...rest] = data.split(":");
    const sid = rest.pop();
    const callback = rest.pop();
    const json = rest.join(":");
    return { command, params: json ? JSON.parse(json) : {}, callback, sid };
  } catch {
    return null;
  }
}

/** Open a page of the portal, or of an application, in a slider of this page. */
function slide(element, path, closed) {
  const detail = { path, closed };
  element.dispatchEvent(new CustomEvent("portal:open", { bubbles: true, detail }));
}

const COMMANDS = {
  getInitData: (element, _params, answer) => answer(element.init),
  getInterface(element, _params, answer) {
    const command = Object.keys(COMMANDS).filter((name) => !element.denied.includes(name));
    answer({ command, event: [] });
  },
  async refreshAuth(element, _params, answer) {
    const tokens = await element.ask("token");
    if (!tokens.AUTH_ID) return;
    Object.assign(element.init, tokens);
    answer(tokens);
  },
  resizeWindow(element, { width, height }, answer) {
    element.style.inlineSize = width === "100%" ? width : `${parseInt(width) || 100}px`;
    if (parseInt(height)) element.style.blockSize = `${parseInt(height)}px`;
    const box = element.getBoundingClientRect();
    answer({ width: box.width, height: box.height });
  },
  setTitle(_element, params, answer) {
    document.title = params.title;
    answer(params);
  },
  setScroll(_element, params, answer) {
    if (params.scroll >= 0) window.scrollTo(window.scrollX, parseInt(params.scroll));
    answer(params);
  },
  setUserOption(element, params, answer) {
    element.init.USER_OPTIONS[params.name] = params.value;
    answer(params);
  },
  setAppOption(element, params, answer) {
    if (!element.init.IS_ADMIN) return;
    element.init.APP_OPTIONS[params.name] = params.value;
    answer(element.init.APP_OPTIONS);
  },
  setInstall: (_element, params, answer) => answer(params),
  async setInstallFinish(element, params) {
    const { result } = await element.ask("installed", { v: params.value === false ? "N" : "Y" });
    const address = new URL(window.location.href);
    address.searchParams.set("install_finished", result ? "Y" : "N");
    window.location.assign(address);
  },
  openPath(element, { path }, answer) {
    if (!PAGES.test(path)) answer({ result: "error", errorCode: "PATH_NOT_AVAILABLE" });
    else slide(element, path, () => answer({ result: "close" }));
  },
  openApplication(element, params, answer) {
    slide(element, `${element.dataset.app}?${new URLSearchParams(params)}`, () => answer());
  },
  closeApplication() {
    window.parent.postMessage("portal:close", window.location.origin);
  },
  reloadWindow: () => window.location.reload(),
  placementBindEvent() {},
};

customElements.define("app-frame", AppFrame);
