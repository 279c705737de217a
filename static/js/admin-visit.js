/* Acting as administrator ends with the visit: not even a reload or a bookmark takes it along. */
if (new URLSearchParams(location.search).has("as_admin")) history.replaceState(null, "", location.pathname);
