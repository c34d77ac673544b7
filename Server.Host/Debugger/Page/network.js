import { make, keyed, setText, fill } from "./dom.js";

const at = (id) => document.getElementById(id);
const maxWires = 100;

/** The connections: what waits in the kernel, what was read, what is left to send. */
export function networkPanel() {
  return ({ moment }) => {
    const all = moment?.network ?? [];
    const wires = few(all);
    const rows = wires.flatMap((wire) => [
      { key: `${wire.fd}`, wire },
      { key: `${wire.fd} text`, wire, isText: true },
    ]);
    keyed(at("wires"), rows, (row) => row.key, makeRow, showRow);
    const left = all.length - wires.length;
    setText(
      at("more-wires"),
      left ? `and ${left.toLocaleString("en")} more` : all.length ? "" : emptyText(moment),
    );
    fill(at("models"), JSON.stringify(moment?.models ?? null), () => modelTables(moment?.models));
  };
}

function emptyText(moment) {
  return moment?.phase === "kernel"
    ? "The kernel runs the clients, and nobody watches them; below is what the kernel shows."
    : "No client is connected.";
}

// Of thousands, those where bytes wait come first.
function few(wires) {
  if (wires.length <= maxWires) return wires;
  const isBusy = (wire) => Number(wire.kernel > 0 || wire.left > 0);
  return wires.toSorted((one, other) => isBusy(other) - isBusy(one) || one.fd - other.fd).slice(0, maxWires);
}

// Two rows for each: the numbers, and below them the bytes that came last, which need the width.
function makeRow({ wire, isText }) {
  if (isText)
    return make(
      "tr",
      {},
      make("td"),
      make("td", { colSpan: 5 }, make("span", { className: "peer" }), make("code", { className: "bytes" })),
    );
  const number = () => make("td", { className: "number" });
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, make("span", { className: "chip" }, String(wire.fd))),
    make("td"),
    number(),
    number(),
    number(),
    make("td"),
  );
}

function showRow(row, { wire, isText }) {
  if (isText) {
    setText(row.querySelector(".peer"), wire.peer);
    setText(row.querySelector(".bytes"), wire.readText ?? "");
    return;
  }
  const [, peer, kernel, read, left, last] = row.cells;
  setText(peer, wire.peer);
  setText(kernel, bytes(wire.kernel));
  kernel.classList.toggle("waiting", wire.kernel > 0);
  setText(read, bytes(wire.read));
  setText(left, bytes(wire.left));
  setText(last, wire.lastSend ?? "–");
  last.classList.toggle("partial", /partial/i.test(wire.lastSend ?? ""));
}

function bytes(number) {
  return number === null || number === undefined ? "–" : number.toLocaleString("en");
}

// The models that have no coroutines show what they have: processes, threads, the connections of a state machine.
function modelTables(models) {
  return Object.entries(models ?? {})
    .filter(([, rows]) => rows?.length)
    .map(([name, rows]) => {
      const names = Object.keys(rows[0]);
      const head = make("thead", {}, make("tr", {}, ...names.map((one) => make("th", { scope: "col" }, one))));
      const body = rows.map((row) =>
        make("tr", {}, ...names.map((one) => make("td", {}, [row[one]].flat().join(", ")))),
      );
      return make("table", {}, make("caption", {}, name), head, make("tbody", {}, ...body));
    });
}
