import { make, fill, setText } from "./dom.js";
import { sentenceOf } from "./words.js";

const at = (id) => document.getElementById(id);
const maxSaid = 200;

/** The log: the last step in a sentence, which is also spoken, and below it those before. */
export function logPanel() {
  return (view) => {
    setText(at("spoken"), spokenOf(view));
    const said = view.entries.slice(-maxSaid);
    fill(at("said"), `${said[0]?.number} ${said.at(-1)?.number}`, () => said.toReversed().map(makeEntry));
  };
}

// While it runs freely there is too much to speak of.
function spokenOf({ state, moment, wanted }) {
  if (!state) return "";
  if (moment?.phase === "kernel") return moment.headline;
  if (wanted === null && state.mode === "running") return state.runsTo ? `It runs to ${state.runsTo}.` : "It runs freely.";
  if (!moment) return "Nothing was seen yet.";
  const waits = wanted === null && state.mode === "stepping" ? waitText(state) : "";
  return `${wanted === null ? "" : `Moment ${moment.number}. `}${sentenceOf(moment)}${waits}`;
}

function waitText({ hogged }) {
  return hogged ? ` It stands still once #${hogged.id} lets the loop go.` : " It waits for a client: nothing is ready.";
}

function makeEntry(entry) {
  return make("li", { value: entry.number }, entry.text);
}
