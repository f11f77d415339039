// Spans of time as one says them beside somebody at work: seconds first, minutes when seconds no longer matter.
import { waited } from "@articket/staff/times.js";

const MINUTE_S = 60;
const SECONDS_SAID_S = 90;

/** "9.1", or a dash where nobody knows. */
export const seconds = (value) => (value === null ? "–" : value.toFixed(1));

/** "40초째", then "3분째", for a moment in epoch seconds. */
export function lasting(since, now, say) {
  const passed = Math.max(0, Math.floor(now - since));
  return passed < MINUTE_S ? say("fleet_since_seconds", { n: passed }) : waited(since, now, say);
}

/** "20초 뒤에", "3분 뒤에"; null for a moment that has come, or none. */
export function ahead(until, now, say) {
  const left = Math.ceil((until ?? 0) - now);
  if (left <= 0) return null;
  return left <= SECONDS_SAID_S
    ? say("fleet_in_seconds", { n: left })
    : say("fleet_in_minutes", { n: Math.ceil(left / MINUTE_S) });
}
