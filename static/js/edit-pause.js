/* Where the portal asks for a pause, counts it down beside Try again, which then goes by itself. */
const editor = document.querySelector("board-editor");
const alerts = document.getElementById("alerts");

editor.addEventListener("edit-failed", ({ detail: { lost, page } }) => {
  const seconds = page?.querySelector("#alerts [data-retry-after]")?.dataset.retryAfter;
  // The message was made from this same event, with Try again as its first button.
  const again = alerts.querySelector("button");
  if (!lost || !seconds || !again) return;
  const countdown = document.createElement("retry-countdown");
  countdown.setAttribute("seconds", seconds);
  again.closest(".message").classList.remove("bad"); // a pause is no failure
  again.replaceWith(countdown);
  countdown.prepend(again);
});
