/* Keeps the frame as high as its content, and high enough for menus and dialogs. */
const LOWEST = 600; // px
let told = 0;

new ResizeObserver(() => {
  const height = Math.max(LOWEST, Math.ceil(document.body.getBoundingClientRect().height));
  if (height === told) return;
  told = height;
  const detail = { command: "resizeWindow", params: { width: "100%", height } };
  document.dispatchEvent(new CustomEvent("portal-command", { detail }));
}).observe(document.body);
