// Plain http has no crypto.randomUUID; getRandomValues is everywhere.

/** An id for one press: 24 hexadecimal digits. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
