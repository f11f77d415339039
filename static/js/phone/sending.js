// From a chosen file to "ready": the photo first, since painting begins with it, then the crop, the name and the word.
import { shrink } from "@articket/phone/shrink.js";
import { upload } from "@articket/phone/upload.js";

/** Takes the file a visitor chose as the new draft. */
export async function choose(hand, event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  const picture = await shrink(file);
  if (hand.draft?.url) URL.revokeObjectURL(hand.draft.url);
  hand.draft = { ...picture, x: 0.5, y: 0.5, moved: false, status: "chosen", progress: 0 };
  hand.set({ fault: null });
}

export function nameOf({ local, visit }) {
  return (local.name ?? visit.name ?? "").trim();
}

/** Sends what is still missing on the other side; a double tap finds it already on its way. */
export async function send(hand) {
  if (hand.local.sending) return;
  if (!nameOf(hand)) {
    hand.set({ nameMissing: true });
    document.querySelector("input[name=name]")?.focus();
    return;
  }
  hand.set({ sending: true, fault: null });
  const fault = (await refused(hand)) ?? (hand.draft?.status === "missed" ? null : await told(hand));
  hand.set({ sending: false, fault });
}

/** Brings the photo over; resolves with the server's no, or null. A photo that never arrived is "missed". */
async function refused(hand) {
  const { draft } = hand;
  if (!draft || draft.status === "arrived") return null;
  draft.status = "sending";
  const focus = draft.moved ? `?x=${draft.x.toFixed(4)}&y=${draft.y.toFixed(4)}` : "";
  const answer = await upload(`/api/v1/visit/photos/${hand.view.photo_next}${focus}`, draft.blob, (part) => {
    draft.progress = part;
    hand.redraw();
  });
  draft.status = answer?.ok ? "arrived" : answer ? "chosen" : "missed";
  if (!answer?.ok) return answer;
  draft.number = answer.photo;
  draft.moved = draft.moved && answer.framed !== true; // a server that reads the focus beside the photo needs no second word
  return null;
}

async function told(hand) {
  const { draft, visit } = hand;
  const words = [];
  if (draft?.moved) words.push(["frame", { photo: draft.number, x: draft.x, y: draft.y }]);
  if (nameOf(hand) !== visit.name) words.push(["name", { name: nameOf(hand) }]);
  words.push(["ready", {}]);
  for (const [type, fields] of words) {
    const ack = await hand.live.send(type, fields);
    if (!ack.ok) return ack;
    if (type === "frame") Object.assign(draft, { moved: false, number: hand.view.photo?.number ?? draft.number });
  }
  return null;
}
