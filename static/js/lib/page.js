// What the server wrote into the shell, and how a page redraws.
import { render } from "lit-html";

const TOKEN = "articket-visit";

/** The value of an embedded JSON block, or `fallback` where the page has none. */
export function embedded(id, fallback = null) {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent) : fallback;
}

/** The secret of this page's visit: what was given is kept, for the day a tunnel changes its name and loses the cookie. */
export function visitToken(visit) {
  const given = document.body.dataset.token ?? null;
  try {
    if (given) localStorage.setItem(TOKEN, JSON.stringify({ visit, token: given }));
    return given ?? kept(visit);
  } catch {
    return given; // storage may be switched off
  }
}

/** Friends share a phone: a secret of another visit than the one shown is forgotten. */
function kept(visit) {
  const { visit: whose, token } = JSON.parse(localStorage.getItem(TOKEN) ?? "{}");
  if (whose === visit) return token ?? null;
  localStorage.removeItem(TOKEN);
  return null;
}

/** Returns `redraw()`, which draws `template()` into `place` once per frame however often it is called. */
export function painter(place, template, after = () => {}) {
  let due = false;
  let fresh = true;
  const draw = () => {
    due = false;
    if (fresh) place.replaceChildren(); // what the shell said for a browser that cannot draw
    fresh = false;
    render(template(), place);
    after();
  };
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(draw); // not requestAnimationFrame: a page in the background must keep its title true
  };
}

/** Safari lights :active under the thumb only where somebody listens for touches. */
export function pressLights() {
  document.addEventListener("touchstart", () => {}, { passive: true });
}
