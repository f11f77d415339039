// The photo that is there already, after a reload or a phone that forgot the page: it may still be moved.

/** Returns the photo as something to move, or null while its uncut picture is not here. */
export function hungAgain(hand, { number, url, source, focus }) {
  if (!source) return null;
  if (hand.hung?.number !== number) hand.hung = fetched(hand, { number, url, source, focus });
  return hand.hung.width ? hand.hung : null;
}

/** Until somebody moves it, a photo that the booth framed by itself is shown as the booth did. */
function fetched(hand, { number, url, source, focus }) {
  const [x, y] = focus ?? [0.5, 0.5];
  const hung = { number, url: source, framed: focus ? null : url, x, y, moved: false, status: "arrived", width: 0, height: 0 };
  const picture = new Image();
  picture.addEventListener("load", () => {
    Object.assign(hung, { width: picture.naturalWidth, height: picture.naturalHeight });
    hand.redraw();
  });
  picture.src = source;
  return hung;
}
