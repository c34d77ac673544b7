import { placeOf, waitOf, fileName } from "./words.js";

const foldedFrom = 13; // so that a class of thirty is read at a glance, and a dozen are seen each

/** The coroutines that a filter lets through. Its terms are separated by blanks, and all must hold. */
export function filtered(coroutines, filter) {
  const tests = filter.trim().toLowerCase().split(/\s+/).filter(Boolean).map(testOf);
  return coroutines.filter((one) => tests.every((test) => test(one)));
}

function testOf(term) {
  const [, name, sign, value] = /^(fd|state|url|name|co)([=~])(.+)$/.exec(term) ?? [];
  if (!name) return (one) => wordsOf(one).includes(term);
  const text = (one) => String((name === "co" ? one.id : one[name]) ?? "").toLowerCase();
  return sign === "~" ? (one) => text(one).includes(value) : (one) => text(one) === value;
}

function wordsOf(one) {
  return [`#${one.id}`, one.name, one.state, waitOf(one), one.url, one.failure, one.at].join(" ").toLowerCase();
}

/** The rows of the list: a group for equal stacks, and below it its members if it is open. `opened` says so by key,
    where somebody has opened or closed it by hand. */
export function rowsOf(coroutines, opened) {
  const groups = Map.groupBy(coroutines, stackOf);
  const rows = [];
  for (const [key, members] of groups) {
    const isGroup = members.length > 1;
    const isOpen = opened.get(key) ?? members.length < foldedFrom;
    if (isGroup) rows.push({ key: `group ${key}`, stack: key, members, isOpen, level: 1 });
    if (!isGroup || isOpen)
      rows.push(
        ...members.map((one, i) => ({ key: one.id, one, level: isGroup ? 2 : 1, place: i + 1, of: members.length })),
      );
  }
  return numbered(rows, groups.size);
}

function numbered(rows, groups) {
  let place = 0;
  for (const row of rows) if (row.level === 1) [row.place, row.of] = [++place, groups];
  return rows;
}

function stackOf(one) {
  const frames = (one.frames ?? []).map((frame) => `${frame.method}:${frame.line}`).join(" < ");
  return `${one.state} ${one.wait ?? ""} ${frames || one.at || one.name}`.replace(/fd \d+/g, "fd");
}

/** The line at which somebody stands, short. */
export function placeText(one) {
  const frame = placeOf(one);
  return frame ? `${fileName(frame.file ?? "?")}:${frame.line}` : (one.at ?? "");
}
