// The server, as it is now: states come by one stream of events, everything else is asked for.

const maxSilence = 3_000; // three heartbeats
const maxPatience = 5_000; // a hundred times what an answer takes

/** Follows a running server. `tell` is called with each state, and with whether a sign of life is missing. */
export function liveFeed(tell) {
  let heard = performance.now();
  let signal = "connecting";
  const events = new EventSource("events");

  function hear(next) {
    heard = performance.now();
    if (next !== signal) tell.signal((signal = next));
  }

  events.addEventListener("open", () => hear("open"));
  events.addEventListener("beat", () => hear("open"));
  events.addEventListener("state", (event) => {
    hear("open");
    tell.state(JSON.parse(event.data));
  });
  events.addEventListener("error", () => hear(events.readyState === EventSource.CLOSED ? "gone" : "lost"));
  setInterval(() => {
    if (signal === "open" && performance.now() - heard > maxSilence) tell.signal((signal = "silent"));
  }, 500);

  return { isRecorded: false, moment, entries, sources, source, command };
}

async function moment(number) {
  return await json(`moments/${number}`);
}

async function entries(from) {
  return await json(`timeline?from=${from}`);
}

async function sources() {
  return (await json("sources")) ?? [];
}

async function source(path) {
  const answer = await fetch(`sources/${path.split("/").map(encodeURIComponent).join("/")}`);
  return answer.ok ? await answer.text() : null;
}

/** Sends a command. What comes back has `said`, or `wrong` with the rule that was broken. */
async function command(body) {
  try {
    const headers = { "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(maxPatience);
    const answer = await fetch("commands", { method: "POST", headers, body: JSON.stringify(body), signal });
    return answer.ok || answer.status === 400
      ? await answer.json()
      : { wrong: `The server answered ${answer.status}.` };
  } catch {
    return { wrong: "The server does not answer. If many of these pages are open, close some, and try again." };
  }
}

async function json(path) {
  const answer = await fetch(path);
  return answer.ok ? await answer.json() : null;
}
