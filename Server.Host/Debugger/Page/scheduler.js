import { make, keyed, fill, setText, setAttribute } from "./dom.js";

const at = (id) => document.getElementById(id);
const maxChips = 30;
const maxSingle = 12; // a set that is larger is told by its runs

/** The scheduler: where in its turn it is, what it asks the poller, what comes back, and who is ready. */
export function schedulerPanel() {
  return ({ moment }) => {
    for (const phase of document.querySelectorAll(".phases li"))
      setAttribute(phase, "aria-current", phase.dataset.phase === moment?.phase ? "step" : null);
    setText(at("headline"), moment?.headline ?? "Nothing was seen yet.");
    keyed(at("sets"), rowsOf(moment?.sets), (row) => row.name, makeRow, showRow);
    setText(at("block"), blockText(moment));
    const ready = moment?.ready ?? [];
    fill(at("ready"), ready.join(), () => (ready.length ? chips(few(ready.map((id) => `#${id}`))) : ["empty"]));
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
    fill(cell, set ? set.join() : "-", () => (set ? (set.length ? chips(inShort(set)) : ["{ }"]) : ["–"]));
  });
}

function chips(texts) {
  return texts.flatMap((text, i) => [i ? " " : "", make("span", { className: "chip" }, String(text))]);
}

// Dozens of descriptors are no help one by one; in a row of numbers the first and the last say it all.
function inShort(set) {
  if (set.length <= maxSingle) return set;
  const runs = [];
  for (const number of set)
    if (number === runs.at(-1)?.last + 1) runs.at(-1).last = number;
    else runs.push({ first: number, last: number });
  return few(runs.map(({ first, last }) => (first === last ? first : `${first}–${last}`)));
}

function few(texts) {
  if (texts.length <= maxChips) return texts;
  return [...texts.slice(0, maxChips), `and ${(texts.length - maxChips).toLocaleString("en")} more`];
}

const unseen = {
  running: "its sets are not looked at while it runs freely; Pause to see them",
  kernel: "there is none: the kernel runs each client by itself",
};

function blockText(moment) {
  const sets = moment?.sets;
  if (!sets) return unseen[moment?.phase] ?? "there was none yet";
  if (!sets.wouldBlock) return sets.outlook.replace("it won't block", "no");
  return sets.timeout
    ? `yes, ${/^\d/.test(sets.timeout) ? "for up to " : ""}${sets.timeout}`
    : "yes, until a client does something";
}
