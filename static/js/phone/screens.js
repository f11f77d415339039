// Which screen a snapshot asks for.
import { called } from "@articket/phone/called.js";
import { consent } from "@articket/phone/consent.js";
import { deleted } from "@articket/phone/deleted.js";
import { elsewhere, gone } from "@articket/phone/ends.js";
import { line } from "@articket/phone/line.js";
import { painting } from "@articket/phone/painting.js";
import { photo } from "@articket/phone/photo.js";
import { quiz } from "@articket/phone/quiz.js";
import { result } from "@articket/phone/result.js";

const SCREENS = { consent, photo, line, called, quiz, painting, result, deleted, gone };

export function screenOf(hand) {
  if (hand.live.superseded) return elsewhere(hand);
  if (hand.live.gone && hand.stage !== "deleted") return gone(hand);
  return (SCREENS[hand.stage] ?? gone)(hand, hand.view);
}
