// A tab for a ticket that is opened only once the booth agrees.

/**
 * Opens an empty tab at the press, for a browser blocks one that comes later. Where it blocks this one too, nothing
 * opens, and the ticket in hand offers its own link.
 */
export function tabFor() {
  const tab = window.open("", "_blank");
  return { lead: (address) => tab?.location.replace(address), close: () => tab?.close() };
}
