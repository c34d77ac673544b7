import { make, keyed, setText, setAttribute } from "./dom.js";
import { showDetails } from "./details.js";
import { filtered, rowsOf, placeText } from "./rows.js";
import { attended, count, shapeOf, waitOf } from "./words.js";

const at = (id) => document.getElementById(id);
const margin = 8; // rows drawn above and below what is seen

/** The coroutines: a tree of which only the rows that are seen are in the document, so that thousands cost no more than
    a few. The focus stays on the tree itself, which names its active row; so no row that goes can take it along. */
export function coroutinesPanel(session) {
  const tree = at("rows");
  const paper = tree.appendChild(make("div", { role: "presentation", className: "paper" }));
  const opened = new Map();
  let rows = [];
  let active = null; // the key of the row on which the keyboard stands

  tree.addEventListener("scroll", drawSeen);
  tree.addEventListener("keydown", onKey);
  tree.addEventListener("focus", () => active ?? activate(0));
  paper.addEventListener("click", onClick);
  at("filter").addEventListener("input", () => show(session.view));
  new ResizeObserver(drawSeen).observe(tree);

  function show(view) {
    const all = view.moment?.coroutines ?? [];
    const some = filtered(all, at("filter").value);
    rows = rowsOf(some, opened);
    setText(
      at("counted"),
      at("filter").value.trim()
        ? `${some.length.toLocaleString("en")} of ${all.length.toLocaleString("en")}`
        : count(all.length, "coroutine", "coroutines"),
    );
    drawSeen();
    const { id, why } = attended(view);
    const none = all.length
      ? "Choose a coroutine to see its frames and variables."
      : "There is no coroutine to be seen.";
    showDetails(
      at("details"),
      all.find((one) => one.id === id),
      why,
      none,
    );
  }

  function drawSeen() {
    const height = rowHeight();
    paper.style.height = `${rows.length * height}px`;
    const first = Math.max(0, Math.floor(tree.scrollTop / height) - margin);
    const last = Math.min(rows.length, Math.ceil((tree.scrollTop + tree.clientHeight) / height) + margin);
    const shown = attended(session.view).id;
    const seen = rows.slice(first, last).map((row, i) => ({ ...row, top: (first + i) * height, shown }));
    keyed(paper, seen, (row) => row.key, makeRow, showRow);
    const marked = [...paper.children].find((node) => keys.get(node) === active);
    setAttribute(tree, "aria-activedescendant", marked?.id ?? null);
  }

  function rowHeight() {
    const style = getComputedStyle(document.documentElement);
    return parseFloat(style.getPropertyValue("--row")) * parseFloat(style.fontSize);
  }

  function showRow(node, row) {
    const { moment } = session.view;
    node.style.top = `${row.top}px`;
    node.classList.toggle("active", row.key === active);
    setAttribute(node, "aria-level", row.level);
    setAttribute(node, "aria-posinset", row.place);
    setAttribute(node, "aria-setsize", row.of);
    if (row.members) return showGroup(node, row, moment);
    setAttribute(node, "aria-selected", String(row.one.id === row.shown));
    showOne(node, row.one, moment);
  }

  function activate(index) {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    active = row.key;
    const top = rows.indexOf(row) * rowHeight();
    if (top < tree.scrollTop) tree.scrollTop = top;
    if (top + rowHeight() > tree.scrollTop + tree.clientHeight) tree.scrollTop = top + rowHeight() - tree.clientHeight;
    drawSeen();
  }

  function choose(row) {
    if (row.members) return fold(row, !row.isOpen);
    session.select(session.view.selected === row.one.id ? null : row.one.id);
  }

  function fold(row, isOpen) {
    opened.set(row.stack, isOpen);
    show(session.view);
  }

  function onKey(event) {
    const index = rows.findIndex((row) => row.key === active);
    const row = rows[index];
    const page = Math.floor(tree.clientHeight / rowHeight());
    const moves = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: index + page,
      PageUp: index - page,
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) activate(moves[event.key]);
    else if (row && (event.key === "Enter" || event.key === " ")) choose(row);
    else if (row?.members && event.key === "ArrowRight" && !row.isOpen) fold(row, true);
    else if (row?.members && event.key === "ArrowLeft" && row.isOpen) fold(row, false);
    else if (row?.level === 2 && event.key === "ArrowLeft")
      activate(rows.findLastIndex((one, i) => i < index && one.members));
    else if (!["ArrowRight", "ArrowLeft"].includes(event.key)) return;
    event.preventDefault();
  }

  function onClick(event) {
    const node = event.target.closest("[role=treeitem]");
    const row = rows.find((one) => one.key === keys.get(node));
    if (!row) return;
    active = row.key;
    choose(row);
  }

  return show;
}

const keys = new WeakMap(); // of the rows that are drawn: a key may have blanks in it, an id may not
let made = 0;

function makeRow(row) {
  const cells = ["shape", "who", "what", "place"].map((className) => make("span", { className }));
  const node = make(
    "div",
    { id: `row-${++made}`, role: "treeitem", className: row.members ? "row group" : "row" },
    ...cells,
  );
  keys.set(node, row.key);
  return node;
}

function showGroup(node, { members, isOpen }, moment) {
  const [one] = members;
  const next = members.find((member) => member.id === moment.next);
  node.dataset.state = next ? "next" : "";
  setAttribute(node, "aria-expanded", String(isOpen));
  const wait = waitOf({ ...one, fd: null }).replace(/ on fd \d+/, "");
  const what = `${next ? `next: #${next.id} · ` : ""}${one.state}${wait && `, ${wait}`}`;
  setCells(node, isOpen ? "▾" : "▸", `${members.length} alike`, what, placeText(one));
}

function showOne(node, one, moment) {
  const isNext = one.id === moment.next;
  node.dataset.state = isNext ? "next" : one.state;
  const what = isNext ? "is next" : (one.failure ?? (waitOf(one) || one.state));
  setCells(
    node,
    isNext ? "▶" : shapeOf(one.state),
    `#${one.id} ${one.name}`,
    one.url ? `${what} · ${one.url}` : what,
    placeText(one),
  );
}

function setCells(node, ...texts) {
  texts.forEach((text, i) => setText(node.children[i], text));
}
