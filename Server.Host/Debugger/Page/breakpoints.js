import { make, keyed, setText, setAttribute } from "./dom.js";

const at = (id) => document.getElementById(id);

/** The breakpoints: where a server that runs is to stop. */
export function breakpointsPanel(session) {
  at("break").addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await session.command({ do: "break", where: at("break-where").value.trim() });
    sayWrong(answer.wrong ?? null);
    if (!answer.wrong) at("break-where").value = "";
  });
  at("break-where").addEventListener("input", () => sayWrong(null));

  return ({ state }) =>
    keyed(
      at("breaks"),
      state?.breakpoints ?? [],
      (where) => where,
      (where) => makeBreak(where, session),
      () => {},
    );
}

function sayWrong(wrong) {
  setText(at("break-wrong"), wrong ?? "");
  setAttribute(at("break-where"), "aria-invalid", wrong ? "true" : null);
}

// Who removes one by the keyboard goes on at the field: the button that had the focus is gone.
function makeBreak(where, session) {
  const remove = make("button", { type: "button", "aria-label": `Remove ${where}` }, "Remove");
  remove.addEventListener("click", async () => {
    await session.command({ do: "unbreak", where });
    at("break-where").focus();
  });
  return make("li", {}, make("code", {}, where), " ", remove);
}
