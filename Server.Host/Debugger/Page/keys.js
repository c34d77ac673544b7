const at = (id) => document.getElementById(id);

/** Single keys are commands, unless somebody types, or has switched them off (WCAG 2.1.4). */
export function listenToKeys(session) {
  const press = (id) => () => at(id).click();
  const commands = {
    s: press("step"),
    t: press("turn"),
    c: press("continue"),
    p: press("pause"),
    b: press("back"),
    r: () => at("run-to-where").focus(),
    "/": () => at("filter").focus(),
    "?": () => at("keys").showModal(),
    ArrowLeft: () => session.move(-1),
    ArrowRight: () => session.move(1),
    Home: () => session.look(session.view.state?.first ?? null),
    End: press("latest"),
  };

  at("help").addEventListener("click", commands["?"]);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || at("keys").open) return;
    if (event.key === "Escape" && isTyping(event.target)) return leave(event);
    if (isTyping(event.target) || !(event.key in commands)) return;
    if (event.key.length === 1 && !at("single-keys").checked) return;
    event.preventDefault();
    commands[event.key]();
  });
}

// A search field would be emptied by Esc, and tell nobody.
function leave(event) {
  event.preventDefault();
  event.target.blur();
}

function isTyping(node) {
  return node.matches("input:not([type=checkbox]), textarea, select");
}
