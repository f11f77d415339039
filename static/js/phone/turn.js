// The monitor waits for this visitor already: what is left of its patience, said only once it is short.
import { html } from "lit-html";

const QUIET_S = 60;

/** Whether there is a deadline that this screen has to count down. */
export const ticks = ({ snapshot }) => snapshot.view.welcome === true && snapshot.deadline !== null;

/** The last minute in the header's corner, or null. */
export function turn(hand) {
  if (!ticks(hand)) return null;
  const left = Math.ceil(hand.live.clock.left(hand.snapshot.deadline));
  return left < QUIET_S ? html`<span role="timer">${hand.say("welcome_left", { n: left })}</span>` : null;
}
