// Which desks there are, what each has in hand, and how it goes from one to another.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { waited } from "@articket/staff/times.js";

/** "Desk 2", or the name that staff gave it. */
export function deskName({ view, say }, id) {
  const found = (view.desks ?? []).find((desk) => desk.id === id);
  if (!found) return say("desk_other");
  return found.name ?? say("desk_number", { n: found.number });
}

/** The other desks at which somebody sits. */
export const neighbours = ({ view, deskId }) => (view.desks ?? []).filter(({ id, there }) => there && id !== deskId);

/** Whether nobody sits there any more. */
export const isSilent = ({ view }, id) => (view.desks ?? []).some((desk) => desk.id === id && !desk.there);

const inHand = ({ view, deskId }) => (view.desks ?? []).find(({ id }) => id === deskId)?.holds ?? [];

export function desks(desk) {
  const { view, say, deskId } = desk;
  const all = [...(view.desks ?? [])].sort((one, other) => Number(other.id === deskId) - Number(one.id === deskId));
  if (!all.length) return "";
  return html`<section class="side-box" aria-labelledby="desks"><h2 id="desks">${say("desks")}</h2>
    <ul class="desks">${repeat(all, ({ id }) => id, (each) => html`<li data-desk=${each.id}>${one(each, desk)}</li>`)}</ul>
  </section>`;
}

function one(each, desk) {
  const { say, deskId, now } = desk;
  const isOurs = each.id === deskId;
  const numbers = each.holds.map(({ number }) => number).join(", ");
  const silent = each.there ? nothing : say("desk_silent", { since: waited(each.seen_at, now, say) });
  const holds = numbers ? say("desk_holds", { numbers }) : silent === nothing ? say("desk_free") : nothing;
  return html`<i class="dot ${each.there ? "" : "lost"}"></i>
    <span>${isOurs && desk.naming ? rename(each, desk) : html`<b>${deskName(desk, each.id)}</b>${isOurs ? html` <em>${say("desk_ours")}</em>` : nothing}`}
      <small class="num">${holds}${silent !== nothing && numbers ? ". " : nothing}${silent}</small></span>
    ${isOurs ? own(desk) : hand(each, desk)}`;
}

function own(desk) {
  if (desk.naming) return nothing;
  return html`<button type="button" class="quiet" @click=${() => desk.startNaming()}>${desk.say("desk_rename")}</button>`;
}

function rename(each, desk) {
  const { say } = desk;
  const save = (event) => {
    event.preventDefault();
    desk.rename(new FormData(event.target).get("name"));
  };
  return html`<form class="rename" @submit=${save}><label><span class="aloud">${say("desk_name")}</span>
    <input name="name" maxlength="20" autocomplete="off" value=${each.name ?? ""} placeholder=${say("desk_number", { n: each.number })} @keydown=${(event) => {
      if (event.key === "Escape") desk.stopNaming();
    }} /></label><button class="act">${say("desk_save")}</button></form>`;
}

function hand(each, desk) {
  const { say } = desk;
  const ours = inHand(desk);
  if (!each.there || ours.length === 0) return nothing;
  return html`<button type="button" class="act plain" @click=${() => desk.hand(ours, each.id)}>${say("desk_hand_all", { n: ours.length })}</button>`;
}

/** In the drawer of a ticket that this desk has in hand: to whom it may go. */
export const handOver = (visit, desk) => neighbours(desk).map(({ id }) => html`<button type="button" class="act plain" @click=${() =>
  desk.hand([{ visit: visit.id }], id)}>${desk.say("desk_hand", { desk: deskName(desk, id) })}</button>`);
