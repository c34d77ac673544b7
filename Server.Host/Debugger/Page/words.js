// What is shown is also said: a sentence or a word for each thing.

/** The shape and the word of each state of a coroutine. */
const shapes = { New: "◌", Ready: "●", Running: "▶", Suspended: "○", Completed: "■", Failed: "✕", Cancelled: "⊘" };

export function shapeOf(state) {
  return shapes[state] ?? "?";
}

/** A path's last part. */
export function fileName(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Where a coroutine stands: its innermost frame that has a line, or null. */
export function placeOf(coroutine) {
  return coroutine.frames?.find((frame) => frame.line !== null) ?? null;
}

/** What a coroutine waits for, with its descriptor. */
export function waitOf(coroutine) {
  const fd = coroutine.fd === null || coroutine.fd === undefined ? "" : ` fd ${coroutine.fd}`;
  return coroutine.wait ? coroutine.wait + (coroutine.wait.includes("fd ") ? "" : fd) : "";
}

/** One frame, in words. */
export function frameText(frame) {
  const line = frame.line === null ? "" : ` at ${fileName(frame.file ?? "?")}:${frame.line}`;
  return frame.method + line;
}

/** What one step did, in a sentence or a few. */
export function sentenceOf(moment) {
  const happened = moment.events.map((event) => (/[.!?]$/.test(event) ? event : `${event}.`)).join(" ");
  return happened ? `${happened} ${moment.headline}` : moment.headline;
}

/** Whom one wants to see: who was chosen and is still there, else who is next, else who has just run. */
export function attended({ moment, selected, entries }) {
  if (moment?.coroutines.some((one) => one.id === selected)) return { id: selected, why: "" };
  if (moment?.next) return { id: moment.next, why: "is next" };
  const entry = entries.find((one) => one.number === moment?.number);
  return { id: entry?.marks?.findLast((mark) => mark.id !== null)?.id ?? null, why: "has just run" };
}

/** A number of things. */
export function count(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** Bytes as one would type them: what cannot be seen is escaped. */
export function quoted(text) {
  const escapes = { "\r": "\\r", "\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\" };
  return `"${text.replace(/[\r\n\t"\\]/g, (letter) => escapes[letter])}"`;
}
