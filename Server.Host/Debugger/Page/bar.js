import { setText, setAttribute } from "./dom.js";

const at = (id) => document.getElementById(id);
const signals = {
  silent:
    "No sign of life for three seconds: the process stands still, at a breakpoint of an IDE perhaps. " +
    "It goes on when that does.",
  lost: "The connection is gone; trying again.",
  gone: "The server has ended, or was started anew: then it has printed a new address.",
};

/** The bar: how far to go, where one looks, and what is wrong. */
export function barPanel(session) {
  const obey = async (body) => sayWrong((await session.command(body)).wrong);
  const commands = {
    pause: () => obey({ do: "pause" }),
    continue: () => obey({ do: "continue" }),
    step: () => obey({ do: "step" }),
    turn: () => obey({ do: "turn" }),
    back: () => session.move(-1),
    forward: () => session.move(1),
    latest: () => session.look(session.view.isRecorded ? session.view.state.last : null),
  };
  for (const [id, run] of Object.entries(commands))
    at(id).addEventListener("click", () => at(id).getAttribute("aria-disabled") !== "true" && run());
  at("run-to").addEventListener("submit", (event) => runTo(event, session));
  at("run-to-where").addEventListener("input", () => sayWrongPlace());
  return (view) => showBar(view);
}

async function runTo(event, session) {
  event.preventDefault();
  const answer = await session.command({ do: "run-to", where: at("run-to-where").value.trim() });
  sayWrongPlace(answer.wrong);
}

function sayWrong(wrong) {
  setText(at("wrong"), wrong ?? "");
}

function sayWrongPlace(wrong) {
  sayWrong(wrong);
  setAttribute(at("run-to-where"), "aria-invalid", wrong ? "true" : null);
}

function showBar(view) {
  const { state } = view;
  setText(at("mode"), view.signal === "open" && state ? state.mode : view.signal);
  setText(at("place"), state ? placeText(view) : "");
  document.body.dataset.mode = view.signal === "open" ? (state?.mode ?? "connecting") : view.signal;
  at("mode").dataset.mode = document.body.dataset.mode;

  // aria-disabled, not disabled: a button that goes from under the focus strands who uses the keyboard.
  const last = state?.last ?? 0;
  const looked = view.wanted ?? last;
  setAttribute(at("back"), "aria-disabled", String(!state || looked <= state.first));
  setAttribute(at("forward"), "aria-disabled", String(looked >= last));
  setAttribute(at("latest"), "aria-disabled", String(looked >= last));
  showLacking(view);
  at("save").hidden = view.isRecorded;

  banner(at("signal"), view.isRecorded ? null : signals[view.signal]);
  banner(at("notice"), state?.notice);
  banner(
    at("past"),
    view.wanted !== null && !view.isRecorded
      ? `You look at moment ${view.wanted} of ${last}. Nothing is run backwards: Step goes on from the last one.`
      : null,
  );
  showHogged(state?.hogged);
}

const controls = {
  step: "#pause, #continue, #step, #turn",
  break: "#run-to *, #breakpoints :is(button, input)",
  fault: "#caps *",
  reset: "#reset *",
  client: "[data-client]",
};

// What can't be told to this server is out of reach, and beside it stands why.
function showLacking({ state, isRecorded }) {
  for (const [what, selector] of Object.entries(controls)) {
    const reason = state?.lacking?.[what];
    for (const control of document.querySelectorAll(selector)) control.disabled = isRecorded || Boolean(reason);
    const said = document.querySelector(`[data-lacking="${what}"]`);
    if (said) banner(said, isRecorded ? null : reason);
  }
}

function placeText({ state, moment, isRecorded }) {
  const what = isRecorded ? "a saved trace of " : "";
  const turn = moment?.phase === "kernel" ? "" : `turn ${moment?.turn} · `;
  const where = moment
    ? `${turn}moment ${moment.number} of ${Math.max(state.last, moment.number)} · `
    : "";
  const way = state.runsTo ? `on its way to ${state.runsTo} · ` : "";
  return `${way}${where}${what}${state.model} at ${state.address}`;
}

function banner(node, text) {
  node.hidden = !text;
  setText(node, text ?? "");
}

// The number goes on growing; what is spoken stays the same, and so is spoken once.
function showHogged(hogged) {
  at("hogged").hidden = !hogged;
  const line = hogged?.at ? `, resumed at ${hogged.at}` : "";
  setText(
    at("hogged-who"),
    hogged ? `#${hogged.id} '${hogged.name}' keeps the loop${line}; nobody else is served.` : "",
  );
  setText(at("hogged-for"), hogged ? `For ${(hogged.milliseconds / 1000).toFixed(1)} s so far.` : "");
}
