// The rooms' floor plan: as many rooms as there are questions, doors between them.
import { svg, html } from "lit-html";

const SIDE = 90;
const HIGH = 80;
const DOOR = [28, 52];

export function plan(say, index, count) {
  const wide = count * SIDE;
  const rooms = Array.from({ length: index + 1 }, (_, room) => room);
  const walls = Array.from({ length: count - 1 }, (_, wall) => (wall + 1) * SIDE);
  const gaps = walls.map((x) => `M${x} 0V${DOOR[0]}M${x} ${DOOR[1]}V${HIGH}`).join("");
  return html`
    <div class="mini">
      <svg viewBox="-4 -4 ${wide + 8} ${HIGH + 8}" role="img" aria-label=${say("plan", { n: index + 1, count })}>
        ${rooms.map((room) => svg`<rect class=${room === index ? "here" : "been"} x=${room * SIDE} width=${SIDE} height=${HIGH} />`)}
        <path d="M0 ${DOOR[0]}V0H${wide}V${DOOR[0]}M0 ${DOOR[1]}V${HIGH}H${wide}V${DOOR[1]}${gaps}" />
      </svg>
    </div>
  `;
}
