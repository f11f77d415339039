// What tells this browser from the other desks.
import { newId } from "@articket/lib/ids.js";
import { keep, kept } from "@articket/staff/kept.js";

const KEY = "articket-desk";

/** The same after a reload. */
export function deskId() {
  const known = kept(KEY) ?? newId();
  keep(KEY, known);
  return known;
}

/** Lets the form that signs out say which desk that is, which then lets go of what it has in hand. */
export function nameDesk() {
  document.querySelector("form[action='/staff/logout']")?.addEventListener("formdata", ({ formData }) => formData.set("desk", deskId()));
}
