/* Opens links to the portal's pages, such as groups and people, in the portal and not in the frame. */
const { portal } = document.body.dataset;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.origin !== portal || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const path = link.pathname + link.search + link.hash;
  // Some pages do not go into the portal's side panel, and then they get a tab.
  const answer = (told) => told?.result === "error" && open(link.href, "_blank", "noopener");
  document.dispatchEvent(new CustomEvent("portal-command", { detail: { command: "openPath", params: { path }, answer } }));
});
