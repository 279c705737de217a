/* Gives the page its own address: the portal posts into the frame, and is answered with another page.
 *
 * Links and forms without an address go by it, and a reload must not post old tokens again.
 */
const { address } = document.body.dataset;
if (location.pathname !== address) history.replaceState(null, "", address);
