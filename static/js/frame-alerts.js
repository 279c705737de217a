/* Brings an alert into sight: it stands at the foot of the frame, which may be far below the window. */
const alerts = document.getElementById("alerts");
const show = () => alerts.lastElementChild?.scrollIntoView({ block: "nearest" });

if (alerts) new MutationObserver(show).observe(alerts, { childList: true });
