// The landing page works without this; with it, a double tap opens one visit, and a shut door is watched.
import { pressLights } from "@articket/lib/page.js";

const LOOK_MS = 15_000;

pressLights();
let sent = false;
document.querySelector("form")?.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
window.addEventListener("pageshow", () => {
  sent = false; // back from the next page
});

const doorOf = (page) => page.querySelector("[data-door]")?.dataset.door;
const shut = doorOf(document);

/** Asks for this same page again; a door that has moved is shown. */
async function look() {
  if (document.hidden) return;
  try {
    const text = await (await fetch(location.href, { cache: "no-store" })).text();
    const door = doorOf(new DOMParser().parseFromString(text, "text/html"));
    if (door && door !== shut) location.reload();
  } catch {
    // no network: the next look may find it
  }
}

if (shut !== "open") {
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
}
