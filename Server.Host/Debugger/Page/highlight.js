import { make } from "./dom.js";

const words =
  "abstract as base bool break byte case catch char class const continue default delegate do double else enum " +
  "event explicit extern false field file finally fixed float for foreach get if implicit in init int interface " +
  "internal is lock long namespace new not null object operator or and out override params partial private " +
  "protected public readonly record ref required return sealed set short sizeof stackalloc static string struct " +
  "switch this throw true try typeof uint ulong unchecked unsafe ushort using value var virtual void volatile " +
  "when where while with yield";

const token = new RegExp(
  [
    "(?<comment>//.*|/\\*[\\s\\S]*?\\*/)",
    '(?<text>\\$*"""[\\s\\S]*?"""|[$@]*"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)+\')',
    "(?<yield>\\byield (?:return|break)\\b)",
    `(?<word>\\b(?:${words.replaceAll(" ", "|")})\\b)`,
    "(?<number>\\b\\d[\\d_.]*\\w*)",
  ].join("|"),
  "g",
);

/** The lines of a C# text, each a list of nodes and strings. */
export function highlight(text) {
  const lines = [[]];
  let end = 0;
  for (const found of text.matchAll(token)) {
    add(lines, text.slice(end, found.index), null);
    add(
      lines,
      found[0],
      Object.keys(found.groups).find((kind) => found.groups[kind] !== undefined),
    );
    end = found.index + found[0].length;
  }
  add(lines, text.slice(end), null);
  return lines;
}

// A comment or a string may go over several lines.
function add(lines, text, kind) {
  text.split("\n").forEach((part, i) => {
    if (i > 0) lines.push([]);
    if (part) lines.at(-1).push(kind ? make("span", { className: `c-${kind}` }, part) : part);
  });
}
