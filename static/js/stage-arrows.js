/* Two arrow buttons on every stage, for phones: one place up, one place down. */
const editor = document.querySelector("board-editor");

function furnish(piece) {
  for (const body of piece.querySelectorAll(".stage > .body")) {
    for (const [way, sign] of [["up", "↑"], ["down", "↓"]]) {
      body.append(Object.assign(document.createElement("button"), { type: "button", className: `arrow ${way}`, textContent: sign }));
    }
  }
  name(piece);
}

function name(piece) {
  const stages = Array.from(piece.querySelectorAll(".stage:not(.draft)"));
  stages.forEach((item, at) => {
    for (const button of item.querySelectorAll(".arrow")) {
      const up = button.matches(".up");
      button.ariaLabel = `Move ${item.querySelector(".name").textContent} ${up ? "up" : "down"}`;
      button.ariaDisabled = at === (up ? 0 : stages.length - 1) ? "true" : null;
    }
  });
}

for (const change of ["edit-apply", "stage-place", "stage-order", "board-show"]) {
  editor.addEventListener(change, () => name(editor));
}
editor.addEventListener("board-fresh", ({ detail }) => furnish(detail));
furnish(editor);
editor.addEventListener("click", ({ target }) => {
  const button = target.closest(".arrow");
  if (!button || button.ariaDisabled) return;
  const item = button.closest(".stage");
  const key = (other) => other?.dataset.stageId ?? other?.dataset.draft ?? 0;
  const after = button.matches(".up") ? item.previousElementSibling.previousElementSibling : item.nextElementSibling;
  const edit = { stage: key(item), action: "move", fields: { after_id: key(after) }, name: `move of ${item.querySelector(".name").textContent}` };
  editor.dispatchEvent(new CustomEvent("edit", { detail: edit }));
});
