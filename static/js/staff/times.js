// How long somebody waits, in words.

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** "3분째" for a moment in epoch seconds. */
export function waited(since, now, say) {
  const seconds = Math.max(0, now - since);
  if (seconds < MINUTE_S) return say("since_now");
  if (seconds < HOUR_S) return say("since_minutes", { n: Math.floor(seconds / MINUTE_S) });
  return say("since_hours", { n: Math.floor(seconds / HOUR_S) });
}

/** Free space as people say it. */
export const space = (mb) => (mb >= 1024 ? `${(mb / 1024).toFixed(1)} GB` : `${mb} MB`);
