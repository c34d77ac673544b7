// The page is brought up to date in place: a node that stays keeps its focus, its selection and its scroll position.

/** Makes an element. Properties whose name has a dash, `role` and `for` are set as attributes. */
export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties))
    if (name.includes("-") || name === "role" || name === "for") node.setAttribute(name, value);
    else node[name] = value;
  node.append(...children);
  return node;
}

/** Sets a text only where it differs: a live region speaks whatever is set. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Sets an attribute, or takes it away where the value is null. */
export function setAttribute(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

const keptNodes = new WeakMap();

/** Has a parent show one node for each item, in their order. Nodes are kept by key; none is moved without need, since a
    node that is moved loses the focus. */
export function keyed(parent, items, keyOf, create, update) {
  const before = keptNodes.get(parent) ?? new Map();
  const now = new Map(items.map((item) => [keyOf(item), before.get(keyOf(item)) ?? create(item)]));
  for (const [key, node] of before) if (!now.has(key)) node.remove();
  let place = parent.firstChild;
  for (const item of items) {
    const node = now.get(keyOf(item));
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
    update(node, item);
  }
  keptNodes.set(parent, now);
}

/** Fills a node only when what it is made from has changed. */
export function fill(node, from, children) {
  if (keptNodes.get(node) === from) return;
  keptNodes.set(node, from);
  node.replaceChildren(...children());
}
