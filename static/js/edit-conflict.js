/* Where somebody else changed the same thing, the message lets the person choose: keep theirs, apply
 * mine, compare. Nothing was written yet; mine goes again with `force`.
 */
const editor = document.querySelector("board-editor");
const alerts = document.getElementById("alerts");

editor.addEventListener("edit-failed", ({ detail: { edit, page } }) => {
  const compared = page?.querySelector("#alerts .compare");
  if (!compared) return;
  // The message was made from this same event, with Close as its last button.
  const message = alerts.querySelector(".message");
  const keep = message.querySelector("button:last-child");
  message.classList.replace("bad", "warning");
  keep.textContent = "Keep theirs";
  const mine = Object.assign(document.createElement("button"), { type: "button", textContent: "Apply mine" });
  mine.addEventListener("click", () => {
    keep.click();
    const fields = { ...edit.fields, force: "1" };
    editor.dispatchEvent(new CustomEvent("edit", { detail: { ...edit, fields } }));
  });
  keep.after(mine);
  const details = document.createElement("details");
  details.append(Object.assign(document.createElement("summary"), { textContent: "Compare" }), document.adoptNode(compared));
  message.append(details);
});
