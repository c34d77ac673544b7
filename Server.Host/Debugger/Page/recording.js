// A trace that was saved: the same page, with its data in it. It can be looked at, and obeys no commands.

/** The trace that is in the document; null if there is none. */
export function recordedFeed(place) {
  if (!place) return null;
  const lines = place.textContent
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const [head] = lines;
  const texts = new Map(lines.filter((line) => line.source).map((line) => [line.source, line.text]));
  const kept = lines.filter((line) => line.entry).map((line) => line.entry);
  const moments = new Map(lines.filter((line) => line.moment).map((line) => [line.moment.number, line.moment]));
  const numbers = [...moments.keys()];
  const [first, last] = [numbers[0] ?? 1, numbers.at(-1) ?? 0];

  return {
    isRecorded: true,
    state: {
      ...nothingSet,
      mode: "recorded",
      model: head.model,
      address: head.address,
      first,
      last,
      moment: moments.get(first) ?? null,
    },
    recorded: head.recorded,
    moment: async (number) => moments.get(number) ?? null,
    entries: async (from) => ({ first, last, entries: kept.filter((entry) => entry.number >= from) }),
    sources: async () => [...texts.keys()],
    source: async (path) => texts.get(path) ?? null,
    command: async () => ({ wrong: "This is a trace that was saved: it can be looked at, and runs nothing." }),
  };
}

const nothingSet = {
  version: 0,
  notice: null,
  lacking: {},
  runsTo: null,
  hogged: null,
  breakpoints: [],
  faults: { receive: null, send: null },
  clients: [],
};
