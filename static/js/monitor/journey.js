// The order and the pace in which a photo's journey is shown. Pure: no clock, no page.

const ORDER = ["photo", "sentence", "started", "finished", "ticket", "stored", "printed"];
const REST_S = 1.2; // the whole picture stands for a moment before the reveal
const APART_S = 0.25;

const rank = ({ kind }) => ORDER.indexOf(kind);

/** Events by their time; what happened at once is told in the order in which it must have happened. */
export function inOrder(journey) {
  return [...journey].sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

/** A journey is complete when every easel's painting is finished. */
export function isComplete(journey, easels) {
  const finished = new Set(journey.filter(({ kind }) => kind === "finished").map(({ style }) => style));
  return easels.every(({ style, status }) => status === "done" || finished.has(style));
}

/** Adds to each event `shown_at`, seconds from the replay's start: the real rhythm pressed into `min_s`. */
export function compressed(journey, min_s) {
  const events = inOrder(journey);
  const real = Math.max(events.at(-1)?.at ?? 0, Number.EPSILON);
  const room = Math.max(0, min_s - REST_S);
  const apart = Math.min(APART_S, room / Math.max(1, events.length));
  const paced = events.map((event) => ({ ...event, shown_at: (event.at / real) * room }));
  // events that share a moment step aside, forwards first and then back inside the room there is
  for (let i = 1; i < paced.length; i += 1) paced[i].shown_at = Math.max(paced[i].shown_at, paced[i - 1].shown_at + apart);
  for (let i = paced.length - 1, last = room; i >= 0; i -= 1, last -= apart) paced[i].shown_at = Math.min(paced[i].shown_at, last);
  return paced;
}

/** What the shown events amount to: which stations are lit and where each easel stands. */
export function reached(events) {
  const has = (kind) => events.some((event) => event.kind === kind);
  const easels = {};
  for (const { kind, style, at, seconds } of events) {
    if (kind === "started") easels[style] = { status: "painting", at };
    if (kind === "finished") easels[style] = { status: "done", seconds };
  }
  return { photo: has("photo"), sentence: has("sentence"), ticket: has("ticket"), stored: has("stored"), printed: has("printed"), easels };
}
