// The landing page works without this; with it, a double tap opens one visit.
import { pressLights } from "@articket/lib/page.js";

pressLights();
let sent = false;
document.querySelector("form")?.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
window.addEventListener("pageshow", () => {
  sent = false; // back from the next page
});
