// What styles and machines are called in the page's language, which need not be the booth's.

const NUMBERED = /^atelier-(\d+)$/;

/** What a style's painter is called; undefined for a style that the pack no longer has. */
export const styleName = (view, style, locale) => view.names?.styles[style]?.[locale];

/** "아틀리에 3" for "atelier-3", "부스 노트북" for "laptop", and staff's own names as they are. */
export function machineName(view, label, locale) {
  const machines = view.names?.machines ?? {};
  const number = NUMBERED.exec(label)?.[1];
  if (number) return machines.atelier?.[locale]?.replace("{n}", number) ?? label;
  return machines[label]?.[locale] ?? label;
}

/** Whether nobody gave the server a name of its own. */
export const isNumbered = (label) => NUMBERED.test(label);
