// From a chosen file to "ready": the photo first, since painting begins with it, then the crop, the name and the word.
import { shrink } from "@articket/phone/shrink.js";
import { upload } from "@articket/phone/upload.js";

const SETTLES_MS = 2_000;
const NOT_THERE = new Set(["missed", "narrow"]);

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

export function nameOf({ begun, visit }) {
  return (begun.name ?? visit.name ?? "").trim();
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
  const { local } = hand;
  const fault = await refused(hand);
  const missed = NOT_THERE.has(hand.draft?.status);
  const no = fault ?? (missed ? null : await told(hand));
  Object.assign(local, { fault: no });
  const rest = () => {
    local.sending = false;
    hand.redraw();
  };
  if (no || missed) rest();
  else setTimeout(rest, SETTLES_MS); // the next stage is on its way; until then the button stays as it is
}

/** Brings the photo over; resolves with the server's no, or null. One that never arrived is "missed", one that nothing lets through "narrow". */
async function refused(hand) {
  const { draft } = hand;
  if (!draft || draft.status === "arrived") return null;
  Object.assign(draft, { status: "sending", smaller: false });
  draft.number ??= hand.view.photo_next; // sent once more it keeps its number, and the server its first copy
  const focus = draft.moved ? { x: draft.x.toFixed(4), y: draft.y.toFixed(4) } : {};
  const asked = new URLSearchParams({ ...(hand.live.keep && { keep: 1 }), ...focus });
  const tell = (fields) => {
    Object.assign(draft, fields);
    hand.redraw();
  };
  const answer = await upload(`/api/v1/visit/photos/${draft.number}?${asked}`, draft.blob, {
    progress: (part) => tell({ progress: part }),
    smaller: () => tell({ progress: 0, smaller: true }),
  });
  draft.status = answer?.ok ? "arrived" : answer?.narrow ? "narrow" : answer ? "chosen" : "missed";
  if (!answer?.ok) return answer?.narrow ? null : answer;
  Object.assign(draft, { number: answer.photo ?? draft.number, moved: false }); // the focus went along with it
  return null;
}

async function told(hand) {
  const { visit } = hand;
  const draft = hand.draft ?? hand.hung;
  const words = [];
  const number = Math.max(draft?.number ?? 0, hand.view.photo?.number ?? 0); // each new crop counts as a photo
  if (draft?.moved) words.push(["frame", { photo: number, x: draft.x, y: draft.y }]);
  if (nameOf(hand) !== visit.name) words.push(["name", { name: nameOf(hand) }]);
  words.push(["ready", {}]);
  for (const [type, fields] of words) {
    const ack = await hand.live.send(type, fields);
    if (!ack.ok) return ack;
    if (type === "frame") Object.assign(draft, { moved: false, framed: null });
  }
  return null;
}
