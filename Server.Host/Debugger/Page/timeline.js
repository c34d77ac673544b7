import { make, keyed, fill, setText, setAttribute } from "./dom.js";
import { columnsIn, drawing, markIcon, marks, momentAt } from "./drawing.js";
import { marksOf, windowOf } from "./lanes.js";

const at = (id) => document.getElementById(id);

/** The timeline: drawn, as a slider, and as a table. */
export function timelinePanel(session) {
  let range = null;
  at("legend").replaceChildren(
    ...Object.keys(marks).map(legendItem),
    make("li", {}, make("span", { className: "line-mark" }), "suspended"),
  );
  at("moment").addEventListener("input", () => session.look(Number(at("moment").value)));
  at("as-table").addEventListener("toggle", () => showTable(session.view));
  at("moments").addEventListener(
    "click",
    (event) => event.target.dataset.moment && session.look(Number(event.target.dataset.moment)),
  );
  for (const kind of ["pointerdown", "pointermove"]) at("lanes").addEventListener(kind, drag);
  new ResizeObserver(() => draw(session.view)).observe(at("lanes"));

  function drag(event) {
    if (!range || !(event.buttons & 1)) return;
    const box = at("lanes").getBoundingClientRect();
    if (event.offsetX > at("lanes").clientWidth) return; // its scroll bar
    const number = momentAt(event.clientX - box.left, at("lanes").clientWidth, range);
    if (number !== (session.view.wanted ?? session.view.state.last)) session.look(number);
  }

  function draw(view) {
    if (!view.state?.last) return;
    const width = at("lanes").clientWidth;
    range = windowOf(view, columnsIn(width), range?.from);
    const key = JSON.stringify([
      width,
      range,
      view.entries.length,
      view.entries.at(-1)?.number,
      view.selected,
      view.moment?.coroutines.map((one) => one.id),
    ]);
    fill(at("lanes"), key, () => [drawing(view, width, range)]);
  }

  return (view) => {
    showSlider(view);
    draw(view);
    showTable(view);
  };
}

function showSlider({ state, wanted, entries }) {
  const [first, last] = [state?.first ?? 1, Math.max(state?.last ?? 1, 1)];
  const shown = wanted ?? last;
  const slider = at("moment");
  setAttribute(slider, "min", first);
  setAttribute(slider, "max", last);
  if (slider.valueAsNumber !== shown) slider.value = shown;
  const text = entries.find((entry) => entry.number === shown)?.text ?? "";
  setAttribute(slider, "aria-valuetext", `Moment ${shown} of ${last}. ${text}`);
  setText(at("moment-of"), `${shown} of ${last}${first > 1 ? `, kept from ${first}` : ""}`);
}

function legendItem(kind) {
  return make("li", {}, markIcon(kind), marks[kind][1]);
}

// Hundreds of rows: they are made only for who wants to see them.
function showTable({ entries, wanted, state }) {
  if (!at("as-table").open) return;
  keyed(
    at("moments"),
    entries,
    (entry) => entry.number,
    makeEntry,
    (row, entry) => setAttribute(row, "aria-current", entry.number === (wanted ?? state.last) ? "true" : null),
  );
}

function makeEntry(entry) {
  const number = String(entry.number);
  const properties = { type: "button", "data-moment": number, "aria-label": `Look at moment ${number}` };
  const who = new Set(marksOf(entry).map(whoText));
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, make("button", properties, number)),
    make("td", {}, String(entry.turn)),
    make("td", {}, [...who].join(", ")),
    make("td", {}, entry.text),
  );
}

function whoText({ id, kind }) {
  return id === null ? "select" : `#${id} ${marks[kind]?.[1] ?? kind}`;
}
