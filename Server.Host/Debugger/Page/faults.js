import { make, keyed, fill, setText, setAttribute } from "./dom.js";
import { typedText, shownText, writeLineEnds } from "./typed.js";
import { count } from "./words.js";

const at = (id) => document.getElementById(id);
const numberIn = (field) => (field.value === "" ? null : field.valueAsNumber);

/** The faults, and clients that are slow, fast, or typed by hand: what loopback never brings by itself. */
export function faultsPanel(session) {
  const tell = async (body) => {
    const answer = await session.command(body);
    setText(at("fault-answer"), answer.wrong ?? answer.said ?? "");
    at("fault-answer").classList.toggle("wrong", Boolean(answer.wrong));
    return answer;
  };

  at("caps").addEventListener("submit", (event) => {
    event.preventDefault();
    tell({ do: "faults", receive: numberIn(at("receive")), send: numberIn(at("send")) });
  });
  at("caps-off").addEventListener("click", () => {
    at("receive").value = at("send").value = "";
    tell({ do: "faults", receive: null, send: null });
  });
  at("reset").addEventListener("submit", (event) => {
    event.preventDefault();
    if (at("reset-fd").value) tell({ do: "reset", fd: Number(at("reset-fd").value) });
    else setText(at("fault-answer"), "No client is connected: there is nothing to reset.");
  });
  for (const button of document.querySelectorAll("[data-client]"))
    button.addEventListener("click", () => tell({ do: "client", kind: button.dataset.client }));

  return ({ state, moment }) => {
    showCap(at("receive"), state?.faults.receive);
    showCap(at("send"), state?.faults.send);
    const fds = (moment?.network ?? []).map((wire) => wire.fd);
    fill(at("reset-fd"), fds.join(), () => fds.map((fd) => make("option", { value: String(fd) }, `${fd}`)));
    keyed(
      at("clients"),
      state?.clients ?? [],
      (client) => client.id,
      (client) => makeClient(client, tell),
      showClient,
    );
  };
}

// What the server says, unless somebody is typing there, or has typed and not set it yet.
function showCap(field, bytes) {
  const said = bytes === null || bytes === undefined ? "" : String(bytes);
  if (field.dataset.said !== said && document.activeElement !== field) field.value = said;
  field.dataset.said = said;
}

function makeClient(client, tell) {
  const parts = [make("h4", {}, `Client ${client.id}, ${client.kind} `, make("span", { className: "caption" }))];
  if (client.kind === "typed") parts.push(typingForm(client.id, tell));
  else
    parts.push(
      make(
        "div",
        { className: "line" },
        button("Close", `Close client ${client.id}`, () => tell({ do: "close-client", client: client.id })),
      ),
    );
  parts.push(
    make("pre", {
      className: "received",
      tabIndex: 0,
      role: "group",
      "aria-label": `What client ${client.id} has received`,
    }),
  );
  return make("li", {}, ...parts);
}

function typingForm(id, tell) {
  const box = make("textarea", {
    rows: 3,
    spellcheck: false,
    "aria-label": `What client ${id} sends`,
    placeholder: "GET / HTTP/1.1\\r\\n",
  });
  const size = make("span", { className: "caption", role: "status" });
  const send = make("button", {}, "Send");
  const form = make(
    "form",
    { className: "typing" },
    box,
    make(
      "div",
      { className: "line" },
      send,
      button("Half-close", `Half-close client ${id}`, () => tell({ do: "half-close", client: id })),
      button("Close", `Close client ${id}`, () => tell({ do: "close-client", client: id })),
      size,
    ),
  );
  writeLineEnds(box);
  box.addEventListener("input", () => showSize(box, size));
  box.addEventListener(
    "keydown",
    (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.requestSubmit(),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { text, wrong } = typedText(box.value);
    if (wrong || !text) return setText(size, wrong ?? "There is nothing to send.");
    const answer = await tell({ do: "type", client: id, text });
    if (!answer.wrong) box.value = "";
    setText(size, "");
  });
  return form;
}

function button(text, label, onclick) {
  return make("button", { type: "button", "aria-label": label, onclick }, text);
}

function showSize(box, size) {
  const { text, wrong } = typedText(box.value);
  setText(
    size,
    wrong ?? (text ? count(new TextEncoder().encode(text).length, "byte", "bytes") : "Enter writes \\r\\n"),
  );
  setAttribute(box, "aria-invalid", wrong ? "true" : null);
}

function showClient(node, client) {
  setText(
    node.querySelector("h4 .caption"),
    `${client.peer ?? ""} ${client.state}, ${client.sent} sent, ${client.receivedBytes} received`,
  );
  const received = node.querySelector(".received");
  received.hidden = !client.received;
  setText(received, shownText(client.received ?? ""));
  for (const control of node.querySelectorAll("textarea, button"))
    setAttribute(control, "aria-disabled", client.state === "connected" ? null : "true");
}
