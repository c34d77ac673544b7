// What the timeline draws: a lane for the poller and one for each coroutine, a column for each moment.

const maxLanes = 40;

// Where several things happened to one in one step, the one further right is drawn; the table has them all.
const ranks = ["run", "spawn", "poll", "read", "write", "end", "cancelled", "partial", "fault", "stop", "failed"];
const ends = ["end", "failed", "cancelled"];

/** What happened to whom just before a moment; the poller's number is null. */
export function marksOf(entry) {
  return entry.marks ?? [{ id: entry.kind === "poll" ? null : entry.next, kind: entry.kind, name: entry.name }];
}

/** Which moments fit, such that the shown one is among them, and the drawing doesn't jump without need. */
export function windowOf(view, columns, before) {
  const { first, last } = view.state;
  const shown = view.wanted ?? last;
  const wish = view.wanted === null ? last - columns + 1 : (before ?? shown);
  const from = Math.max(first, Math.min(Math.max(wish, shown - columns + 1), shown));
  return { from, to: Math.min(last, from + columns - 1), shown };
}

/** The poller's lane, then those of coroutines that are worth drawing: of whom something is marked, who is chosen, and the
    others if there is room for all. `left` is how many were left out. */
export function lanesOf(view, range) {
  const [poller, ...all] = lives(view, range).filter((lane) => lane.born <= range.to && lane.died >= range.from);
  const kept = all.filter((lane) => all.length <= maxLanes || lane.marks.size || lane.id === view.selected);
  const drawn = kept.slice(0, maxLanes);
  return { lanes: [poller, ...drawn], left: all.length - drawn.length };
}

function lives({ entries, moment }, { from, to }) {
  const lanes = new Map([[null, emptyLane(null, "select")]]);
  const laneOf = (id, name) => lanes.get(id) ?? lanes.set(id, emptyLane(id, name)).get(id);
  for (const entry of entries)
    for (const mark of marksOf(entry)) {
      if (mark.id === undefined) continue;
      const lane = laneOf(mark.id, mark.name ?? "");
      if (mark.kind === "spawn") lane.born = entry.number;
      if (ends.includes(mark.kind)) lane.died = entry.number;
      if (entry.number >= from && entry.number <= to) note(lane, entry, mark.kind);
    }
  for (const one of moment?.coroutines ?? []) laneOf(one.id, one.name).name ||= one.name;
  return [...lanes.values()].sort((one, other) => (one.id ?? -1) - (other.id ?? -1));
}

function emptyLane(id, name) {
  return { id, name, born: -Infinity, died: Infinity, marks: new Map() };
}

function note(lane, { number, text }, kind) {
  const before = lane.marks.get(number);
  if (!before || ranks.indexOf(kind) > ranks.indexOf(before.kind)) lane.marks.set(number, { kind, text });
}
