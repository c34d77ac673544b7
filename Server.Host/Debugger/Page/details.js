import { make, fill } from "./dom.js";
import { frameText, shapeOf, waitOf } from "./words.js";

/** Shows one coroutine: what it waits for, and its frames with their variables. */
export function showDetails(node, one, why, none) {
  const key = one ? JSON.stringify([one, why]) : none;
  fill(node, key, () =>
    one ? [heading(one, why), facts(one), ...frames(one)] : [make("p", { className: "empty" }, none)],
  );
}

function heading(one, why) {
  return make("h3", {}, `#${one.id} ${one.name}`, make("span", { className: "caption" }, ` ${why}`));
}

function facts(one) {
  const pairs = [
    ["State", `${shapeOf(one.state)} ${one.state}`],
    ["Waits for", waitOf(one)],
    ["Since", one.since],
    ["Request", one.url],
    ["Failure", one.failure],
    ["Thrown at", one.failure && one.at],
  ];
  const filled = pairs.filter(([, value]) => value);
  return make(
    "dl",
    { className: "pairs" },
    ...filled.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))),
  );
}

const passing = "Its frames are not kept while it runs freely; Pause to see them.";
const unseen = "It failed while the server ran freely, so its frames were not kept. A breakpoint event=failed keeps them.";

function frames(one) {
  if (!one.frames?.length) return [make("p", { className: "empty" }, one.failure ? unseen : passing)];
  return one.frames.map((frame) => make("div", { className: "frame" }, title(frame), ...variables(frame)));
}

function title(frame) {
  return make(
    "h4",
    {},
    make("code", {}, frameText(frame)),
    ...(frame.library ? [make("span", { className: "caption" }, " library")] : []),
  );
}

function variables(frame) {
  const rows = (frame.locals ?? []).map((local) =>
    make("tr", {}, make("th", { scope: "row" }, make("code", {}, local.name)), value(local)),
  );
  const table = make("table", { className: "locals" }, make("tbody", {}, ...rows));
  const missing = frame.missing ?? (rows.length ? null : "no variables in scope");
  return [...(rows.length ? [table] : []), ...(missing ? [make("p", { className: "empty" }, missing)] : [])];
}

function value(local) {
  return local.value === null
    ? make("td", { className: "empty" }, local.why ?? "unknown")
    : make("td", {}, make("code", {}, local.value));
}
