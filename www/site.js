// Two small conveniences. Every page is complete without this script.

// The commands to try name the host and port that this page came from.
for (const place of document.querySelectorAll("[data-host]")) {
  const port = location.port || (location.protocol === "https:" ? "443" : "80");
  place.textContent = place.dataset.sep ? `${location.hostname.replace(/[[\]]/g, "")} ${port}` : location.host;
}

// The stepper replays the written-out list: each item carries the whole state after its step, so Back is as easy as Step.
const stepper = document.getElementById("stepper");
if (stepper) replay(stepper, [...document.querySelectorAll("#trace li")]);

function replay(stepper, steps) {
  const clients = [1, 2, 3];
  const classes = ["one-c", "two-c", "three-c"];
  const lines = [...stepper.querySelectorAll(".l")];
  const show = (name) => stepper.querySelector(`[data-show="${name}"]`);
  const button = (name) => stepper.querySelector(`[data-do="${name}"]`);
  const marks = clients.map(chip);
  marks.forEach((mark) => mark.setAttribute("aria-hidden", "true"));
  let at = 0;

  function chip(client) {
    const mark = document.createElement("span");
    mark.className = `chip ${classes[client - 1]}`;
    mark.textContent = client;
    return mark;
  }

  function list(name, members) {
    const chips = members.split(" ").filter(Boolean).map(Number).map(chip);
    show(name).replaceChildren(...(chips.length ? chips : ["empty"]));
  }

  function stands(state, line) {
    const waits = line === "9" ? "to read" : "to write";
    switch (state) {
      case "q": return `ready, to go on after line ${line}`;
      case "x": return `has just run, and yielded at line ${line}`;
      case "d": return "finished, its socket closed";
      default: return `waits ${waits}, line ${line}`;
    }
  }

  function draw() {
    const { turn, phase, ran, lines: where, states, queue, read, write } = steps[at].dataset;
    show("title").textContent = `Turn ${turn}: ${steps[at].querySelector("b").textContent.replace(".", "").toLowerCase()}`;
    show("text").textContent = steps[at].querySelector("span").textContent;
    show("count").textContent = `Step ${at + 1} of ${steps.length}.`;
    list("queue", queue);
    list("read", read);
    list("write", write);
    clients.forEach((client, i) => {
      const line = where.split(" ")[i];
      show(`client-${client}`).textContent = stands(states.split(" ")[i], line);
      if (line === "0") marks[i].remove();
      else lines[line - 1].append(marks[i]);
    });
    const passed = ran.split(" ");
    lines.forEach((line, i) => line.classList.toggle("ran", passed.includes(String(i + 1))));
    for (const item of stepper.querySelectorAll(".strip li")) item.classList.toggle("now", item.dataset.phase === phase);
    steps.forEach((step, i) => step.classList.toggle("now", i === at));
    // aria-disabled, not disabled: a button that vanishes from under the focus strands a keyboard user.
    button("back").setAttribute("aria-disabled", at === 0);
    button("step").setAttribute("aria-disabled", at === steps.length - 1);
  }

  function go(to) {
    const next = Math.min(Math.max(to, 0), steps.length - 1);
    if (next === at) return;
    at = next;
    draw();
  }

  button("step").addEventListener("click", () => go(at + 1));
  button("back").addEventListener("click", () => go(at - 1));
  button("restart").addEventListener("click", () => go(0));
  stepper.querySelector(".keys").addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(at + by);
  });

  stepper.hidden = false;
  draw();
}
