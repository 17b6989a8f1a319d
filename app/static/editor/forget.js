// On every page: forgets the draft whose save has just arrived, and all drafts when the writer signs out.

// Sign-out forms carry data-clears-drafts: another person may use this computer next.
export function clearDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("gc-draft ")) localStorage.removeItem(key);
}

// A save has arrived when the site sent this window, by a redirect, straight from the form to the saved page.
// Anything else, such as a fault or a sign-in in between, leaves the draft: it is offered again.
function forgetSaved() {
  if (!navigator.cookieEnabled) return; // no store either
  const sent = JSON.parse(sessionStorage.getItem("gc-sent"));
  sessionStorage.removeItem("gc-sent");
  const [visit] = performance.getEntriesByType("navigation");
  const isPage = sent && decodeURI(new URL(sent.address, location).pathname) === decodeURI(location.pathname);
  if (isPage && visit?.type === "navigate" && visit.redirectCount > 0) localStorage.removeItem(sent.key);
}

document.addEventListener("submit", (event) => event.target.matches("[data-clears-drafts]") && clearDrafts());
if (!document.querySelector("[data-editor]")) forgetSaved(); // the editor looks itself
