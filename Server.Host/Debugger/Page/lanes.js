// The timeline as a drawing: a lane for the poller and one for each coroutine, a column for each moment.

const namespace = "http://www.w3.org/2000/svg";
const [column, lane, head] = [16, 20, 18];
const maxLanes = 40;

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

/** What happened to whom just before a moment. */
export function marksOf(entry) {
  return entry.marks ?? [{ id: entry.kind === "poll" ? null : entry.next, kind: entry.kind, name: entry.name }];
}

/** Which moments fit, such that the one that is shown is among them, and the drawing doesn't jump without need. */
export function windowOf(view, width, before) {
  const columns = Math.max(4, Math.floor((width - labelWidth(width) - column) / column));
  const { first, last } = view.state;
  const shown = view.wanted ?? last;
  const wish = view.wanted === null ? last - columns + 1 : (before ?? shown);
  const from = Math.max(first, Math.min(Math.max(wish, shown - columns + 1), shown));
  return { from, to: Math.min(last, from + columns - 1), shown };
}

/** The number of the moment at a place in the drawing. */
export function momentAt(x, width, { from, to }) {
  return Math.min(to, Math.max(from, from + Math.floor((x - labelWidth(width)) / column)));
}

/** The lanes that are worth drawing: of whom something is marked, who is chosen, and the others as far as there is room. */
export function lanesOf(view, { from, to }) {
  const lanes = new Map();
  for (const entry of view.entries)
    for (const mark of marksOf(entry)) {
      if (mark.id === undefined) continue;
      const one = lanes.get(mark.id) ?? { id: mark.id, name: "", born: from, died: to, marks: [] };
      if (mark.name) one.name = mark.name;
      if (mark.kind === "spawn") one.born = entry.number;
      if (["end", "failed", "cancelled"].includes(mark.kind)) one.died = entry.number;
      if (entry.number >= from && entry.number <= to) one.marks.push({ ...mark, number: entry.number, text: entry.text });
      lanes.set(mark.id, one);
    }
  const named = new Map((view.moment?.coroutines ?? []).map((one) => [one.id, one.name]));
  for (const [id, name] of named) if (!lanes.has(id) && lanes.size < maxLanes) lanes.set(id, { id, name, born: from, died: to, marks: [] });
  lanes.delete(null);
  const all = [...lanes.values()].filter((one) => one.born <= to && one.died >= from).sort((one, other) => one.id - other.id);
  const kept = all.filter((one) => one.marks.length || one.id === view.selected || all.length <= maxLanes).slice(0, maxLanes);
  return { poller: pollerOf(view, from, to), kept: kept.map((one) => ({ ...one, name: one.name || named.get(one.id) || "" })), left: all.length - kept.length };
}

function pollerOf({ entries }, from, to) {
  const marked = entries.filter((entry) => entry.number >= from && entry.number <= to);
  return marked.flatMap((entry) => marksOf(entry).filter((mark) => mark.id === null).map((mark) => ({ ...mark, number: entry.number, text: entry.text })));
}

/** Draws the lanes. What is drawn stands in the table, too: this is hidden from who can't see it. */
export function drawing(view, width, range) {
  const label = labelWidth(width);
  const { poller, kept, left } = lanesOf(view, range);
  const x = (number) => label + (number - range.from) * column;
  const height = head + (kept.length + 1) * lane + (left ? lane : 4);
  const svg = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  svg.append(shape("rect", { class: "cursor", x: x(range.shown), y: 0, width: column, height }));
  for (let number = range.from; number <= range.to; number++)
    if (number % 5 === 0) svg.append(words({ class: "tick", x: x(number) + column / 2, y: 12, "text-anchor": "middle" }, number));
  svg.append(...laneNodes({ id: null, name: "select", born: range.from, died: range.to, marks: poller }, 0, x, range, label));
  kept.forEach((one, i) => svg.append(...laneNodes(one, i + 1, x, range, label)));
  if (left) svg.append(words({ class: "label", x: 4, y: height - 6 }, `and ${left.toLocaleString("en")} more, to whom nothing happened here`));
  return svg;
}

function laneNodes(one, row, x, { from, to }, label) {
  const y = head + row * lane;
  const [start, end] = [Math.max(one.born, from), Math.min(one.died, to)];
  const text = one.id === null ? one.name : `#${one.id} ${one.name}`;
  return [
    words({ class: "label", x: 4, y: y + 14 }, short(text, label)),
    shape("line", { class: "suspended", x1: x(start), x2: x(end) + column, y1: y + lane / 2, y2: y + lane / 2 }),
    ...one.marks.map((mark) => markNode(mark, x(mark.number), y)),
  ];
}

function markNode(mark, x, y) {
  const node = markShape(mark.kind, { transform: `translate(${x + (column - 12) / 2} ${y + (lane - 12) / 2})` });
  node.append(words({}, `${mark.number}: ${mark.text}`, "title"));
  return node;
}

/** A mark's shape. */
export function markShape(kind, attributes = {}) {
  const [path] = marks[kind] ?? marks.run;
  const parts = path.split(/ (?=M)/);
  const node = shape("g", { class: `mark mark-${kind}`, ...attributes });
  node.append(...parts.map((d, i) => shape("path", { d, class: i > 0 ? "second" : "first" })));
  return node;
}

function labelWidth(width) {
  return width < 480 ? 96 : 190;
}

function short(text, width) {
  const letters = Math.floor((width - 10) / 7.2);
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

function words(attributes, text, tag = "text") {
  const node = shape(tag, attributes);
  node.textContent = text;
  return node;
}

function shape(tag, attributes) {
  const node = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
