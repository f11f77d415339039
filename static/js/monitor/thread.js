// The thread between the stations, drawn twice: for lying and for upright screens. It lights one stretch per event.
import { html, svg } from "lit-html";

// As in easels.css: the easels' left edge and room, one easel's width at most, the least gap and the widest one.
const LYING = {
  box: "0 0 1920 1080",
  easels: { left: 616, room: 972, wide: 225, gap: 24, apart: 148, hook: 154 / 225 },
  canvas: { top: 284, shape: 327 / 225 },
  sentence: "M322 437H358",
  start: (x) => `M464 284V258H${x}V284`,
  finish: (x, bottom) => `M${x} ${bottom}V690`,
  ticket: (first) => `M${first} 690H1610V412H1632`,
  stored: "M1788 540V642",
};
const UPRIGHT = {
  box: "0 0 1080 1920",
  easels: { left: 84, room: 912, wide: 207, gap: 28, apart: 145, hook: 145 / 207 },
  canvas: { top: 772, shape: 301 / 207 },
  sentence: "M290 474H380",
  start: (x) => `M688 624V746H${x}V772`,
  finish: (x, bottom) => `M${x} ${bottom}V1124`,
  ticket: (_, last) => `M${last} 1124H44V1547H84`,
  stored: "M234 1480H380",
};

/** Where the thread meets each of so many easels, and where their canvases end. */
function spread({ easels, canvas }, count) {
  const { left, room, gap, apart, hook } = easels;
  const wide = Math.min(easels.wide, (room - gap * (count - 1)) / count);
  const step = wide + (count > 1 ? Math.min(apart, (room - wide * count) / (count - 1)) : 0);
  const hooks = Array.from({ length: count }, (_, i) => Math.round(left + step * i + wide * hook));
  return { hooks, bottom: Math.round(canvas.top + wide * canvas.shape) };
}

function drawn(name, lines, styles, at) {
  const { hooks, bottom } = spread(lines, styles.length);
  const stretches = [
    [lines.sentence, at.sentence],
    ...styles.map((style, i) => [lines.start(hooks[i]), style in at.easels]),
    ...styles.map((style, i) => [lines.finish(hooks[i], bottom), at.easels[style]?.status === "done"]),
    [lines.ticket(hooks[0], hooks.at(-1)), at.ticket],
    [lines.stored, at.stored || at.printed],
  ];
  return html`<svg class="thread ${name}" viewBox=${lines.box} preserveAspectRatio="none" aria-hidden="true">
    ${stretches.map(([line]) => svg`<path d=${line} />`)}
    ${stretches.map(([line, lit]) => svg`<path class="lights ${lit ? "lit" : ""}" pathLength="1" d=${line} />`)}
  </svg>`;
}

export const thread = (styles, at) => (styles.length ? [drawn("lying", LYING, styles, at), drawn("upright", UPRIGHT, styles, at)] : []);
