/* Acting as administrator ends with the visit: not even a reload or a bookmark takes it along. */
if (new URLSearchParams(location.search).has("as_admin")) {
  history.replaceState(null, "", location.pathname);
  // The press that asked for this page was on it.
  if (document.activeElement === document.body) document.querySelector("[role=switch]")?.focus();
}
