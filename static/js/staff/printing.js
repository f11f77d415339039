// A ticket's way to paper: in whose hand it is, and what this desk may do about it.
import { html, nothing } from "lit-html";
import { button } from "@articket/staff/button.js";
import { deskName, handOver, isSilent } from "@articket/staff/desks.js";
import { waited } from "@articket/staff/times.js";

const COPIES = [1, 2, 3, 4, 5];
const REASONS = ["paper", "colour", "lost"];

/** "free" for any desk to print, "mine", "other" for another desk's, else the job's state. */
export function standing({ print }, { deskId, now }) {
  if (!print || print.state === "queued") return "free";
  if (print.state !== "claimed") return print.state;
  if (print.desk === deskId) return "mine";
  if (now >= print.until) return "free";
  return print.desk ? "other" : "on_its_way";
}

export const where = (visit, desk) => {
  const at = standing(visit, desk);
  if (at === "other") return desk.say("print_other", { desk: deskName(desk, visit.print.desk) });
  return desk.say(at === "free" ? "ticket_ready" : `print_${at}`);
};

/** A desk that took it and fell silent: whoever comes may print it now. */
function abandoned(visit, desk) {
  const { print } = visit;
  const isLeft = print?.state === "claimed" && print.desk && standing(visit, desk) === "free";
  return isLeft ? desk.say("desk_left_it", { desk: deskName(desk, print.desk) }) : null;
}

export function detail(visit, desk) {
  const { print, reprints } = visit;
  const { say, now } = desk;
  const lines = [];
  const left = abandoned(visit, desk);
  if (left) lines.push(left);
  else if (standing(visit, desk) === "other" && isSilent(desk, print.desk)) lines.push(say("desk_gone_quiet"));
  else if (print?.why) lines.push(say.has(`why_${print.why}`) ? say(`why_${print.why}`) : say.fault(print.why));
  else if (reprints) lines.push(say("reprints", { n: reprints }));
  else lines.push(waited(print?.since ?? visit.since, now, say));
  if (print?.copies > 1) lines.push(say("print_copies", { n: print.copies }));
  return lines.join(", ");
}

/** What stands in a ready ticket's row; what another has in hand is offered to nobody else. */
export function acts(visit, desk, more) {
  const { say, deskId } = desk;
  const fields = { visit: visit.id };
  const printed = button(desk, { type: "mark_printed", fields, text: say("printed") });
  const dots = more(html`<span class="dots" aria-hidden="true"></span>`);
  // A button and no link: a link can be opened in another tab, without the ticket being in anybody's hand.
  const print = html`<button type="button" class="act" aria-busy=${
    desk.busy.has(`print_claim/${visit.id}`) ? "true" : "false"} @click=${() => desk.print(visit)}>${say("print_ticket")}</button>`;
  const link = html`<a class="act" href=${visit.pdf} target="_blank" rel="noopener">${say("open_ticket")}</a>`;
  switch (standing(visit, desk)) {
    case "free":
    case "failed":
      return html`${print}${printed}${dots}`;
    case "mine":
      return html`${link}${printed}${dots}`;
    case "sent":
      return html`${button(desk, { type: "mark_printed", fields, text: say("printed"), mood: "" })}${
        button(desk, { type: "print_fail", fields: { ...fields, desk: deskId }, text: say("print_fail") })}${dots}`;
    case "held":
      return html`${button(desk, { type: "print_release", fields, text: say("print_release") })}${more(say("more"))}`;
    default:
      return more(say("more"));
  }
}

export function drawer(visit, desk) {
  return visit.ticket === "printed" ? again(visit, desk) : aside(visit, desk);
}

function aside(visit, desk) {
  const { say, deskId, view } = desk;
  const fields = { visit: visit.id };
  const ours = { ...fields, desk: deskId };
  const at = standing(visit, desk);
  const back = button(desk, { type: "print_let_go", fields: ours, text: say("print_let_go") });
  const lost = button(desk, { type: "print_fail", fields: ours, text: say("print_fail") });
  const anew = button(desk, { type: "print_release", fields, text: say("print_again") });
  const hold = button(desk, { type: "print_hold", fields, text: say("print_hold") });
  return html`${at === "mine" ? html`${back}${lost}${handOver(visit, desk)}` : nothing}
    ${at === "failed" && view.printer ? anew : nothing}
    ${["free", "failed", "mine"].includes(at) ? hold : nothing}`;
}

function again(visit, desk) {
  const { say } = desk;
  const copies = desk.copies.get(visit.id) ?? 1;
  const choose = ({ target }) => desk.choose(visit.id, Number(target.value));
  const reason = (why) => button(desk, {
    type: "reprint",
    fields: { visit: visit.id, reason: why, ...(copies > 1 ? { copies } : {}) },
    text: say(`reason_${why}`),
  });
  return html`<a class="act" href=${visit.pdf} target="_blank" rel="noopener">${say("open_ticket")}</a>
    <label class="copies">${say("copies")}<select class="num" @change=${choose}>${COPIES.map((n) => html`
      <option value=${n} ?selected=${n === copies}>${n}</option>`)}</select></label>
    <p>${say("reprint_why")}</p>
    ${REASONS.map(reason)}`;
}
