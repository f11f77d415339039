// The thread between the stations, drawn twice: for lying and for upright screens. It lights one stretch per event.
import { html, svg } from "lit-html";

const LYING = {
  box: "0 0 1920 1080",
  sentence: "M322 437H358",
  started: [770, 1019, 1268, 1517].map((x) => `M464 284V258H${x}V284`),
  finished: [770, 1019, 1268, 1517].map((x) => `M${x} 611V690`),
  ticket: "M770 690H1610V412H1632",
  stored: "M1788 540V642",
};
const UPRIGHT = {
  box: "0 0 1080 1920",
  sentence: "M290 474H380",
  started: [229, 464, 699, 934].map((x) => `M688 624V746H${x}V772`),
  finished: [229, 464, 699, 934].map((x) => `M${x} 1073V1124`),
  ticket: "M934 1124H44V1547H84",
  stored: "M234 1480H380",
};

function drawn(name, lines, styles, at) {
  const stretches = [
    [lines.sentence, at.sentence],
    ...styles.map((style, i) => [lines.started[i], style in at.easels]),
    ...styles.map((style, i) => [lines.finished[i], at.easels[style]?.status === "done"]),
    [lines.ticket, at.ticket],
    [lines.stored, at.stored || at.printed],
  ].filter(([line]) => line);
  return html`<svg class="thread ${name}" viewBox=${lines.box} preserveAspectRatio="none" aria-hidden="true">
    ${stretches.map(([line]) => svg`<path d=${line} />`)}
    ${stretches.map(([line, lit]) => svg`<path class="lights ${lit ? "lit" : ""}" pathLength="1" d=${line} />`)}
  </svg>`;
}

export const thread = (styles, at) => [drawn("lying", LYING, styles, at), drawn("upright", UPRIGHT, styles, at)];
