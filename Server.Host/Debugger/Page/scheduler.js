import { make, keyed, fill, setText, setAttribute } from "./dom.js";

const at = (id) => document.getElementById(id);

/** The scheduler: where in its turn it is, what it asks the poller, what comes back, and who is ready. */
export function schedulerPanel() {
  return ({ moment }) => {
    for (const phase of document.querySelectorAll(".phases li"))
      setAttribute(phase, "aria-current", phase.dataset.phase === moment?.phase ? "step" : null);
    setText(at("headline"), moment?.headline ?? "Nothing was seen yet.");
    keyed(at("sets"), rowsOf(moment?.sets), (row) => row.name, makeRow, showRow);
    setText(at("block"), blockText(moment?.sets));
    const ready = moment?.ready ?? [];
    fill(at("ready"), ready.join(), () => (ready.length ? chips(ready.map((id) => `#${id}`)) : ["empty"]));
  };
}

function rowsOf(sets) {
  return [
    { name: "asked", sets: sets?.asked },
    { name: "came back", sets: sets?.returned },
  ];
}

function makeRow(row) {
  return make("tr", {}, make("th", { scope: "row" }, row.name), make("td"), make("td"), make("td"));
}

function showRow(node, { sets }) {
  [sets?.read, sets?.write, sets?.except].forEach((set, i) => {
    const cell = node.cells[i + 1];
    fill(cell, set ? set.join() : "-", () => (set ? (set.length ? chips(set) : ["{ }"]) : ["–"]));
  });
}

function chips(texts) {
  return texts.flatMap((text, i) => [i ? " " : "", make("span", { className: "chip" }, String(text))]);
}

function blockText(sets) {
  if (!sets) return "there was none yet";
  if (!sets.wouldBlock) return "no: somebody is ready to run";
  return sets.timeout
    ? `yes, ${/^\d/.test(sets.timeout) ? "for up to " : ""}${sets.timeout}`
    : "yes, until a client does something";
}
