// A request as one types it. What is sent is what one sees: \r and \n are written out, and the line breaks in the box
// are for the eye only.

const escapes = { r: "\r", n: "\n", t: "\t", "\\": "\\", '"': '"' };

/** The text that is sent, or what is wrong with it. */
export function typedText(box) {
  let text = "";
  for (const [part, letter] of box.replace(/\n/g, "").matchAll(/\\(.?)|[^\\]+/gs)) {
    if (letter === undefined) text += part;
    else if (letter in escapes) text += escapes[letter];
    else return { wrong: `'\\${letter}' is none of \\r, \\n, \\t, \\" and \\\\.` };
  }
  return { text };
}

/** Bytes that have come, with their line ends to be seen. */
export function shownText(text) {
  return text
    .replace(/\\/g, "\\\\")
    .replace(/\t/g, "\\t")
    .replace(/\r\n/g, "\\r\\n\n")
    .replace(/\r(?!\\n)/g, "\\r");
}

/** Has Enter write the end of a line as HTTP has it. */
export function writeLineEnds(box) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    box.setRangeText("\\r\\n\n", box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input"));
  });
}
