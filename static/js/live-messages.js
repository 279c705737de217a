/* What just happened, for eyes and ears: the page's one status region and its one alert region.
 *
 * Takes the sentences of every answer (`edit-done`, `edit-failed`) and of every step (`say`). News
 * goes after 12 s, but not under the pointer or the focus; an alert stays until it is closed.
 */
const editor = document.querySelector("board-editor");
const news = document.getElementById("news");
const alerts = document.getElementById("alerts");
const SHOWN_FOR = 12_000; // ms
const FATES = { made: "Made, and not seen since", unknown: "Not known to be saved", needless: "Not needed any more" };
let timer = 0;
let came = null; // what had the focus before a message got it

const make = (tag, properties, ...inside) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
};
const button = (text, act) => {
  const made = make("button", { type: "button", textContent: text });
  made.addEventListener("click", act);
  return made;
};
const send = (name, detail) => editor.dispatchEvent(new CustomEvent(name, { detail }));
const read = (page, selector) => page?.querySelector(selector)?.textContent.trim().replace(/\s+/g, " ") ?? "";

function expire() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (news.matches(":hover, :focus-within")) expire();
    else news.replaceChildren();
  }, SHOWN_FOR);
}

function tell(text, ...controls) {
  news.replaceChildren(make("p", { className: "message" }, text, ...controls));
  expire();
}

/* A message that goes gives the focus back to what had it before, else to the stage it is about. */
function empty(region, stage) {
  const focused = region.contains(document.activeElement);
  region.replaceChildren();
  if (!focused) return;
  const control = came?.isConnected ? came : (editor.find(stage) ?? editor).querySelector(".actions, .add");
  control?.focus();
}

const close = () => empty(alerts);

editor.addEventListener("say", ({ detail: text }) => {
  news.querySelector(".step")?.remove();
  news.append(make("p", { className: "step message" }, text));
  expire();
});

editor.addEventListener("edit-done", ({ detail: { edit, undo, page, progress, more } }) => {
  close();
  const text = read(page, "#news");
  if (more) return tell(text || `Moving tasks: ${progress?.moved ?? 0} of ${progress?.total ?? "?"}.`);
  const [word, kind] = edit.kind === "undo" ? ["Redo", "redo"] : ["Undo", "undo"];
  const control = undo ? [button(word, () => {
    empty(news, edit.stage);
    send("edit", { kind, entry: undo });
  })] : [];
  if (text) tell(text, ...control);
});

editor.addEventListener("edit-failed", ({ detail: { edit, lost, given, page, back, ask, more, held } }) => {
  const said = read(page, "#alerts .message") || read(page, ".errorlist") || read(page, "h1");
  const silence = given
    ? `The portal did not answer in time and may still make this edit. ${page ? "The board is shown as it is now" : "The board could not be read"}.`
    : `Board Admin cannot be reached. ${lost ? "What you did is kept here; try" : "Try"} again in a moment.`;
  const reason = given ? silence : said || silence;
  const fate = given ? "unknown" : page?.querySelector("#alerts .message")?.dataset.fate;
  const what = edit.name ? `${FATES[fate] ?? "Not saved"}: ${edit.name}. ` : "";
  const behind = held > 1 ? ` ${held - 1} later ${held > 2 ? "edits wait" : "edit waits"} behind it.` : "";
  news.replaceChildren();
  const again = lost ? ["edit-retry"] : ask;
  const retry = again ? [button(more ? "Go on" : "Try again", () => {
    close();
    send(...again);
  })] : [];
  if (back) retry.push(button("Move those tasks back", () => {
    close();
    send("edit", back);
  }));
  const reopen = page?.querySelector("#alerts [data-page-over]");
  if (reopen) retry.push(make("a", { className: "button", href: location.pathname + location.search }, "Open the page again"));
  const leave = button(lost ? "Discard" : "Close", () => {
    close();
    send("edit-drop");
  });
  alerts.replaceChildren(make("p", { className: "message bad" }, make("strong", {}, what), reason + behind, ...retry, leave));
});

for (const region of [news, alerts]) {
  region.addEventListener("focusin", ({ relatedTarget: from }) => {
    if (from && !region.contains(from)) came = from;
  });
}
for (const kind of ["pointerleave", "focusout"]) news.addEventListener(kind, expire);
if (news.childElementCount) expire();
