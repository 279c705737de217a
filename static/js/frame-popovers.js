/* Scrolls the portal to a menu that opens below what is in sight: the frame itself has nothing to scroll. */
document.addEventListener("toggle", ({ target, newState }) => {
  if (newState === "open" && target.popover !== null) target.scrollIntoView({ block: "nearest" });
}, true);
