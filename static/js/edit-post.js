/* How an edit travels: posted as a form would, answered with the board as the portal has it.
 *
 * Listens on <board-editor> to `edit-post` {edit}, into which it puts `answer`, the promise of {status,
 * outcome, page, given}; and to `edit-hurry` {again}: the person will not wait any longer, and wants
 * the edit sent again, or (`given` up) to see the board.
 */
const editor = document.querySelector("board-editor");
const STAGES = ["move_tasks_to", "from"]; // the fields that name one, beside `after_id`
const PATIENCE = 90_000; // ms: a server that is still silent then is taken for lost
const NOTHING = { status: 0, outcome: {} };
let waiting = null; // for the answer: {controller, again}

function body(edit) {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(edit.fields)) {
    if (value !== null) fields.set(name, STAGES.includes(name) ? editor.id(value) : value);
  }
  const meant = { edit };
  editor.dispatchEvent(new CustomEvent("edit-meant", { detail: meant }));
  if (fields.has("after_id")) fields.set("after_id", meant.anchor);
  // However often it is sent, a stage is added once.
  if (edit.action === "add") fields.set("once", (edit.once ??= crypto.randomUUID()));
  // However often it is sent, it was made on this board.
  edit.shown ??= JSON.stringify(meant.shown);
  fields.set("shown", edit.shown);
  if (editor.hasAttribute("as-admin")) fields.set("as_admin", "1");
  return fields;
}

function address({ change, action, stage }) {
  if (change) return `${editor.getAttribute("history")}${change}/undo/`;
  return editor.getAttribute("stages") + (action === "add" ? "" : `${editor.id(stage)}/${action}/`);
}

async function read(response) {
  return {
    status: response.status,
    outcome: JSON.parse(response.headers.get("Board-Edit") ?? "{}"),
    page: new DOMParser().parseFromString(await response.text(), "text/html"),
  };
}

async function request(where, options) {
  waiting = { controller: new AbortController() };
  const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE), waiting.controller.signal]);
  const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  return read(await fetch(where, { headers, signal, ...options }));
}

async function post(edit) {
  const answer = await request(address(edit), { method: "POST", body: body(edit) }).catch(() => NOTHING);
  const { again } = waiting;
  if (again) return post(edit);
  if (again === undefined) return answer;
  // Whether it was done, the board tells.
  const board = await request(location.pathname + (editor.hasAttribute("as-admin") ? "?as_admin=1" : "")).catch(() => NOTHING);
  return { ...NOTHING, page: board.page, given: true };
}

editor.addEventListener("edit-post", ({ detail }) => (detail.answer = post(detail.edit)));
editor.addEventListener("edit-hurry", ({ detail: { again } }) => {
  waiting.again = again;
  waiting.controller.abort();
});
