import { lanesOf } from "./lanes.js";

const namespace = "http://www.w3.org/2000/svg";
const [column, lane, head] = [16, 20, 18]; // pixels

/** The marks: a shape, in a box of 12 by 12, and a word. */
export const marks = {
  run: ["M1 3h10v6h-10z", "ran"],
  read: ["M1 2h10l-5 9z", "read"],
  write: ["M1 10h10l-5 -9z", "wrote"],
  partial: ["M1.5 1.5h9v9h-9z M1.5 6h9v4.5h-9z", "sent a part"],
  fault: ["M6 0.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z", "fault"],
  failed: ["M2 2l8 8 M10 2l-8 8", "failed"],
  spawn: ["M6 2a4 4 0 1 0 .01 0z", "spawned"],
  end: ["M2 2h8v8h-8z", "ended"],
  cancelled: ["M6 2a4 4 0 1 0 .01 0z M3 9l6 -6", "cancelled"],
  poll: ["M2 1v10 M6 1v10 M10 1v10", "poll"],
  stop: ["M4 0.5h4l3.5 3.5v4l-3.5 3.5h-4l-3.5 -3.5v-4z", "breakpoint"],
};

/** How many moments fit into a width. */
export function columnsIn(width) {
  return Math.max(4, Math.floor((width - labelWidth(width)) / column) - 1);
}

/** The number of the moment at a place in the drawing. */
export function momentAt(x, width, { from, to }) {
  return Math.min(to, Math.max(from, from + Math.floor((x - labelWidth(width)) / column)));
}

/** Draws the lanes. What is drawn stands in the table, too: this is hidden from who can't see it. */
export function drawing(view, width, range) {
  const { lanes, left } = lanesOf(view, range);
  const height = head + lanes.length * lane + (left ? lane : 4);
  const x = (number) => labelWidth(width) + (number - range.from) * column;
  const svg = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  svg.append(shape("rect", { class: "cursor", x: x(range.shown), y: 0, width: column, height }));
  for (let number = range.from; number <= range.to; number++)
    if (number % 5 === 0)
      svg.append(words("text", { class: "tick", x: x(number) + column / 2, y: 12, "text-anchor": "middle" }, number));
  lanes.forEach((one, row) => svg.append(...laneNodes(one, head + row * lane, x, range, labelWidth(width))));
  if (left)
    svg.append(
      words(
        "text",
        { class: "label", x: 4, y: height - 6 },
        `and ${left.toLocaleString("en")} more, to whom nothing happened here`,
      ),
    );
  return svg;
}

function laneNodes(one, y, x, { from, to }, room) {
  const [start, end] = [Math.max(one.born, from), Math.min(one.died, to)];
  const text = one.id === null ? one.name : `#${one.id} ${one.name}`;
  return [
    words("text", { class: "label", x: 4, y: y + 14 }, short(text, room)),
    shape("line", { class: "suspended", x1: x(start), x2: x(end) + column, y1: y + lane / 2, y2: y + lane / 2 }),
    ...[...one.marks].map(([number, mark]) => markNode(number, mark, x(number), y)),
  ];
}

function markNode(number, { kind, text }, x, y) {
  const node = markShape(kind, { transform: `translate(${x + (column - 12) / 2} ${y + (lane - 12) / 2})` });
  node.append(words("title", {}, `${number}: ${text}`));
  return node;
}

/** A mark's shape, of one part or two. */
export function markShape(kind, attributes = {}) {
  const [path] = marks[kind] ?? marks.run;
  const parts = path.split(/ (?=M)/);
  const node = shape("g", { class: `mark mark-${kind}`, ...attributes });
  node.append(...parts.map((d, i) => shape("path", { d, class: i > 0 ? "second" : "first" })));
  return node;
}

/** A mark by itself. */
export function markIcon(kind) {
  const icon = shape("svg", { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" });
  icon.append(markShape(kind));
  return icon;
}

function labelWidth(width) {
  return width < 480 ? 96 : 190;
}

function short(text, width) {
  const letters = Math.floor((width - 10) / 7.2);
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

function words(tag, attributes, text) {
  const node = shape(tag, attributes);
  node.textContent = text;
  return node;
}

function shape(tag, attributes) {
  const node = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
