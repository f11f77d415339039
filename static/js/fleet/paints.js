// What a painter has laid out to paint with, and what it lacks.
import { html, nothing } from "lit-html";
import { FAMILIES, memory, modelName } from "@articket/fleet/equipment.js";
import { ahead } from "@articket/fleet/spans.js";

export function paints(server, page) {
  const { say } = page;
  if (server.kind === "laptop") return html`<span class="what">${say("fleet_laptop_paints")}</span><small>${say("fleet_laptop_brush")}</small>`;
  const free = server.memory_free_mb === null ? null : say("fleet_memory", { free: memory(server.memory_free_mb) });
  const below = [FAMILIES[server.family], free].filter(Boolean).join(" · ");
  const noted = notes(server, page);
  const model = server.model
    ? html`<span class="what model" title=${server.model}>${modelName(server.model)}</span>`
    : html`<span class="what unknown">–</span>`;
  return html`${model}<small class="num">${below}</small>${
    noted.length ? html`<small class="note">${noted.join(" ")}</small>` : nothing}`;
}

/** One sentence for each kind of thing that is missing, and one while memory is short. */
export function notes({ lacks, small_until: small }, { say, now }) {
  const kinds = [...new Set(lacks.map(({ kind }) => kind))];
  const named = (wanted) => lacks.filter(({ kind }) => kind === wanted).map(({ name }) => modelName(name)).join(", ");
  const said = kinds.map((kind) => say(`fleet_lacks_${kind}`, { name: named(kind) }));
  const when = ahead(small, now, say);
  return when ? [say("fleet_small", { when }), ...said] : said;
}
