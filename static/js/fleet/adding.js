// The line where staff paste a server's address; before the first one, how to come by one.
import { html, nothing } from "lit-html";

const KEY = "server_add/";
const EXAMPLE = "http://192.168.0.24:7860";
const STARTS = [
  ["A1111, Forge, reForge", "./webui.sh --api --listen"],
  ["ComfyUI", "python main.py --listen"],
];

export function adding(page) {
  const { isAlone: none, say } = page;
  const refusal = page.refused.get(KEY);
  const busy = page.busy.has(KEY);
  return html`${none ? how(say) : nothing}
    <form class="addline" novalidate @submit=${(event) => send(event, page)}>
      <label for="address">${say("fleet_add")}</label>
      <input id="address" name="url" inputmode="url" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder=${EXAMPLE} @input=${() => page.forgive(KEY)}
        aria-invalid=${refusal ? "true" : nothing} aria-describedby="under-address">
      <button class="act" aria-busy=${busy ? "true" : "false"}>${say(busy ? "sending" : "fleet_add_button")}</button>
    </form>
    <div class="under" id="under-address" aria-live="polite">${refusal ? html`<p class="refusal">${refusal}</p>` : html`<p>${say(none ? "fleet_add_text" : "fleet_legend")}</p>`}</div>`;
}

const how = (say) => html`<section class="how" aria-labelledby="how">
  <h2 class="lines" id="how">${say("fleet_none")}</h2>
  <p>${say("fleet_none_text")}</p>
  <dl>${STARTS.map(([software, command]) => html`<div><dt>${software}</dt><dd><code>${command}</code></dd></div>`)}</dl>
</section>`;

async function send(event, page) {
  event.preventDefault();
  const field = event.target.elements.url;
  const url = field.value.trim();
  if (url === "") field.focus();
  else if (await page.submit("server_add", { url })) field.value = "";
}
