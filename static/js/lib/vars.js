// lit's styleMap writes a style attribute on its first turn, which the Content-Security-Policy refuses; CSSOM is allowed.
import { Directive, PartType, directive } from "lit-html/directive.js";

class Vars extends Directive {
  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("vars() stands alone in a tag: <div ${vars({…})}>");
    this.written = new Set();
  }

  render() {}

  update(part, [values]) {
    const { style } = part.element;
    for (const name of this.written) if (!(name in values)) style.removeProperty(name);
    for (const [name, value] of Object.entries(values)) style.setProperty(name, String(value));
    this.written = new Set(Object.keys(values));
  }
}

/** Sets CSS custom properties on an element: `<div ${vars({ "--done": "55%" })}>`. */
export const vars = directive(Vars);
