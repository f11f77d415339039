// The screen stays on while somebody waits to be called; plain http has no wake lock, and the phone may sleep.

const WAITING = new Set(["line", "called", "quiz", "painting"]);
let lock = null;
let asking = false;

/** Holds the screen awake in the stages where something happens by itself, and lets go after. */
export async function stayAwake(stage) {
  const wanted = WAITING.has(stage) && document.visibilityState === "visible";
  if (!navigator.wakeLock || asking || wanted === (lock !== null && !lock.released)) return;
  asking = true;
  try {
    if (wanted) lock = await navigator.wakeLock.request("screen");
    else await lock?.release();
  } catch {
    lock = null; // a low battery refuses; then the screen sleeps as ever
  }
  asking = false;
}
