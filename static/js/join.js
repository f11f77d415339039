// The landing page works without this; with it, a double tap opens one visit, a press that gets lost on the way is
// repeated, and a shut door is watched.
// It needs no other file: on a slow line each would come behind the pictures.

const LOOK_MS = 15_000;
const LIMIT_MS = 20_000;
const PAUSES_MS = [1_000, 2_000, 4_000];

document.addEventListener("touchstart", () => {}, { passive: true }); // else Safari lights nothing under the thumb
const form = document.querySelector("form");
const button = form?.querySelector("button");
const status = form?.querySelector("[data-again]");
let sent = false;
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!sent) enter();
});
window.addEventListener("pageshow", (event) => event.persisted && said(false)); // back from the next page

/** Walks in. What the booth itself answers is shown by the browser; what gets lost on the way is said, and sent again. */
async function enter() {
  said(true);
  window.stop(); // on a slow line the pictures hold every connection, and the door would wait for them
  for (let attempt = 0; ; attempt += 1) {
    const answer = await posted();
    if (answer?.type === "opaqueredirect") return location.assign("/visit");
    if (answer && answer.status < 500) return form.submit();
    status.textContent = status.dataset.again;
    status.hidden = false;
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]));
  }
}

/** The same entry leads to the same visit, however often it is sent. */
async function posted() {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), LIMIT_MS);
  try {
    const body = new URLSearchParams(new FormData(form));
    return await fetch(form.action, { method: "POST", body, redirect: "manual", signal: stop.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(alarm);
  }
}

function said(now) {
  sent = now;
  button?.setAttribute("aria-busy", String(now));
  if (status) status.hidden = true;
}

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
