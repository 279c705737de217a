/* The portal's page around the frame, as the vendor's own library talks to it.
 *
 * Takes `portal-command` {command, params, answer} on the document; `answer` gets the portal's answer.
 * The frame's name is DOMAIN|PROTOCOL|SID, and only the portal that the server has checked is told.
 */
const { portal } = document.body.dataset;
const sid = window.name.split("|")[2] ?? "";
const waiting = new Map();
let commands = 0;

document.addEventListener("portal-command", ({ detail: { command, params, answer } }) => {
  const callback = answer ? `answer${++commands}` : "";
  if (answer) waiting.set(callback, answer);
  parent.postMessage(`${command}:${params ? JSON.stringify(params) : ""}:${callback}:${sid}`, portal);
});

addEventListener("message", ({ origin, data }) => {
  if (origin !== portal || typeof data !== "string") return;
  const at = data.indexOf(":");
  const answer = waiting.get(data.slice(0, at));
  waiting.delete(data.slice(0, at));
  answer?.(data.length > at + 1 ? JSON.parse(data.slice(at + 1)) : null);
});
