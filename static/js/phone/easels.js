// The easels under their veils: a veil has the painting's colours and nothing else.
import { html, nothing } from "lit-html";
import { vars } from "@articket/lib/vars.js";

/** `large` says the painter's name under each; small ones say only how far it is. */
export function easels({ say }, list, { large = false } = {}) {
  return html`
    <ol class=${large ? "easels two" : "easels row"} ${vars({ "--easels": list.length })}>
      ${list.map((easel) => one(say, easel, large))}
    </ol>
  `;
}

function one(say, easel, large) {
  const status = say(`easel_${easel.status}`);
  const took = easel.status === "done" && easel.seconds ? say("easel_seconds", { n: Math.round(easel.seconds) }) : "";
  return html`
    <li class="easel style-${easel.style} ${easel.status}">
      <div class="canvas">${easel.veil ? html`<img src=${easel.veil} alt="">` : nothing}</div>
      <p class=${large ? "who" : "aloud"}>${easel.painter}</p>
      <p class="soft num">${status}${took && large ? html` <span class="nb">${took}</span>` : nothing}</p>
    </li>
  `;
}
