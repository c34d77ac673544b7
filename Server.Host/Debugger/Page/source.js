import { make, keyed, fill, setText, setAttribute } from "./dom.js";
import { highlight } from "./highlight.js";
import { attended, count, fileName, placeOf } from "./words.js";

const at = (id) => document.getElementById(id);
const maxChips = 3;
const maxTabs = 4;

/** The source, with who is suspended at which line, and the line at which it goes on next. */
export function sourcePanel(session) {
  const texts = new Map(); // path -> promise of a text
  let path = null; // the file that is shown
  let seen = null; // what was followed last
  let lines = []; // its nodes

  at("files").addEventListener("change", () => open(at("files").value));
  at("code").addEventListener("click", (event) => toggleBreak(event, session, path));

  async function open(file, line = null) {
    path = file;
    showTabs(session.view);
    if (!texts.has(file)) texts.set(file, session.source(file));
    const text = await texts.get(file);
    if (path !== file) return;
    if (at("code").dataset.path !== file) lines = showText(file, text);
    showMarks(session.view);
    if (line) reveal(line);
  }

  function showTabs(view) {
    const files = standing(view.moment).slice(0, maxTabs);
    keyed(
      at("standing"),
      files,
      ([file]) => file,
      ([file]) => tab(file),
      (node, [file, number]) => {
        setText(node.lastChild, ` ${number}`);
        setAttribute(node, "aria-pressed", String(file === path));
      },
    );
    fill(at("files"), view.sources, () => choices(view.sources));
    if (path && at("files").value !== path) at("files").value = path;
  }

  function tab(file) {
    const name = make("span", {}, fileName(file));
    return make(
      "button",
      { type: "button", title: file, onclick: () => open(file) },
      name,
      make("span", { className: "caption" }),
    );
  }

  function showMarks(view) {
    const marks = marksIn(view.moment, path);
    lines.forEach((line, i) => {
      const mark = marks.get(i + 1);
      line.node.classList.toggle("next", mark?.isNext ?? false);
      line.node.classList.toggle("stop", view.state?.breakpoints.includes(`line=${fileName(path)}:${i + 1}`) ?? false);
      fill(line.gutter, mark?.key ?? "", () => (mark ? chipsOf(mark) : []));
    });
    setText(at("stand"), path ? standText(view.moment, path, marks) : "");
  }

  function reveal(number) {
    const line = lines[number - 1]?.node;
    if (!line) return;
    const code = at("code");
    const top = line.offsetTop - code.offsetTop;
    if (top < code.scrollTop + 40 || top > code.scrollTop + code.clientHeight - 60)
      code.scrollTop = Math.max(0, top - code.clientHeight / 3);
  }

  function showText(file, text) {
    const shown = (text === null ? ["There is no source of this file."] : highlight(text)).map(makeLine);
    at("code").dataset.path = file;
    setAttribute(at("code"), "aria-label", `Code of ${fileName(file)}`);
    at("code").replaceChildren(...shown.map((line) => line.node));
    at("code").scrollTop = 0;
    return shown;
  }

  return (view) => {
    const followed = placeToFollow(view) ?? placeOfMost(view);
    if (followed && at("follow").checked && followed.key !== seen) open(followed.file, followed.line);
    else if (!path && view.sources.length && view.state) open(firstIn(view));
    seen = followed?.key ?? seen;
    showTabs(view);
    showMarks(view);
  };
}

// What is read first, where nobody stands in it.
const readFirst = {
  iterative: "/IterativeServer.cs",
  events: "/EventConnection.cs",
  threads: "/ThreadsModel.cs",
  processes: "/ProcessesModel.cs",
};

function firstIn({ sources, state }) {
  const file = readFirst[state.model] ?? "/HttpConnection.cs";
  return sources.find((one) => one.endsWith(file)) ?? sources[0];
}

function placeToFollow(view) {
  const { id } = attended(view);
  const coroutine = view.moment?.coroutines.find((one) => one.id === id);
  const frame = coroutine && placeOf(coroutine);
  if (!frame?.file) return null;
  return { file: frame.file, line: frame.line, key: `${view.moment.number} ${id} ${frame.file}:${frame.line}` };
}

// Where nobody is next, one sees where most stand.
function placeOfMost({ moment }) {
  const [file] = standing(moment)[0] ?? [];
  if (!file) return null;
  const crowds = [...marksIn(moment, file)].sort(([, one], [, other]) => other.here.length - one.here.length);
  const [line] = crowds[0];
  return { file, line, key: `${file}:${line}` };
}

/** The files in which coroutines stand, with how many do, the most first. */
function standing(moment) {
  const numbers = new Map();
  for (const coroutine of moment?.coroutines ?? []) {
    const file = placeOf(coroutine)?.file;
    if (file) numbers.set(file, (numbers.get(file) ?? 0) + 1);
  }
  return [...numbers].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]));
}

function choices(sources) {
  const library = sources.filter((path) => path.startsWith("Coroutines/"));
  const handlers = sources.filter((path) => !path.startsWith("Coroutines/"));
  return [
    ["Handlers", handlers],
    ["Library", library],
  ].map(([label, paths]) => make("optgroup", { label }, ...paths.map((path) => make("option", { value: path }, path))));
}

function makeLine(content, i) {
  const gutter = make("span", { className: "gutter" });
  const number = make("span", { className: "line-number" }, String(i + 1));
  return {
    gutter,
    node: make("div", { className: "code-line" }, number, gutter, make("code", {}, ...[content].flat(), "\n")),
  };
}

/** By line of a file: who stands there, innermost or in a caller of it. */
function marksIn(moment, path) {
  const marks = new Map();
  for (const coroutine of moment?.coroutines ?? [])
    coroutine.frames?.forEach((frame) => {
      if (frame.file !== path || frame.line === null) return;
      const mark = marks.get(frame.line) ?? { here: [], calls: [], isNext: false };
      (frame === placeOf(coroutine) ? mark.here : mark.calls).push(coroutine.id);
      mark.isNext ||= coroutine.id === moment.next && frame === placeOf(coroutine);
      marks.set(frame.line, mark);
    });
  for (const mark of marks.values()) mark.key = `${mark.isNext ? moment.next : ""}|${mark.here}|${mark.calls}`;
  return marks;
}

function chipsOf({ here, calls, isNext, key }) {
  const next = isNext ? Number(key.split("|")[0]) : null;
  const others = here.filter((id) => id !== next);
  return [
    ...(isNext ? [chip("chip here now", `▶${next}`, `#${next} goes on here next`)] : []),
    ...few(others, "chip here", "stands here"),
    ...few(calls, "chip calls", "waits here for what it has called"),
  ];
}

function few(ids, className, what) {
  if (ids.length > maxChips) return [chip(className, `×${ids.length}`, `${ids.length} coroutines: ${what}`)];
  return ids.map((id) => chip(className, String(id), `#${id} ${what}`));
}

function chip(className, text, title) {
  return make("span", { className, title }, text);
}

function standText(moment, path, marks) {
  if (moment?.light) return "Where they stand is not looked at in passing; Pause shows it.";
  const places = [...marks].filter(([, mark]) => mark.here.length).sort(([one], [other]) => one - other);
  if (!places.length) return `Nobody stands in ${fileName(path)}.`;
  const texts = places.map(([line, { here }]) => `${whoText(here)} at line ${line}`);
  return `${fileName(path)}: ${texts.join("; ")}.`;
}

function whoText(ids) {
  return ids.length > maxChips ? count(ids.length, "coroutine", "coroutines") : ids.map((id) => `#${id}`).join(", ");
}

// A click at a line's number; the field under Breakpoints does the same from the keyboard.
async function toggleBreak(event, session, path) {
  if (!event.target.classList.contains("line-number") || session.view.isRecorded) return;
  const where = `line=${fileName(path)}:${event.target.textContent}`;
  const isSet = session.view.state?.breakpoints.includes(where);
  const answer = await session.command({ do: isSet ? "unbreak" : "break", where });
  setText(at("wrong"), answer.wrong ?? "");
}
