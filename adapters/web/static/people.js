// Who is being looked at, and what they haven't read. On a narrow screen one pane shows at a time.

import { paneOf, panes } from "./panes.js";
import { showLatest, showMessage } from "./scroll.js";

const narrow = matchMedia("(max-width: 759px)");
const unread = new Map();
const urgently = new Set(); // who has something urgent among what is unread
const TITLE = document.title;

function show(id) {
  const count = unread.get(id) ?? 0;
  for (const badge of document.querySelectorAll(`[data-count="${CSS.escape(id)}"]`)) {
    badge.hidden = count === 0;
    badge.querySelector("[data-number]").textContent = String(count);
  }
  const tab = document.querySelector(`[data-goto="${CSS.escape(id)}"]`);
  tab?.classList.toggle("has-unread", count > 0);
  tab?.classList.toggle("has-urgent", urgently.has(id));
  const all = [...unread.values()].reduce((sum, each) => sum + each, 0);
  document.title = all ? `(${all}) ${TITLE}` : TITLE;
}

const looksAt = (pane) =>
  document.hasFocus() &&
  (narrow.matches ? pane.classList.contains("is-current") : pane.matches(":hover, :focus-within"));

/** Counts a message that came while nobody looked. */
export function arrived(pane, urgent = false) {
  if (looksAt(pane)) return;
  const id = pane.dataset.pane;
  if (urgent) urgently.add(id);
  unread.set(id, (unread.get(id) ?? 0) + 1);
  show(id);
}

export function forgetUnread() {
  for (const id of [...unread.keys()]) read(id);
}

function read(id) {
  urgently.delete(id);
  if (unread.delete(id)) show(id);
}

function goTo(id) {
  const pane = paneOf(id);
  for (const each of panes) each.classList.toggle("is-current", each === pane);
  for (const tab of document.querySelectorAll("[data-goto]")) {
    if (tab.dataset.goto === id) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  read(id);
  return pane;
}

/** Brings messages (by pane) into view without taking the focus; one pane at a time: the first. */
export function lookAt(refs) {
  const looked = Object.keys(refs).map(paneOf).filter(Boolean);
  if (looked.length === 0) return;
  if (narrow.matches) {
    goTo(looked[0].dataset.pane);
  } else {
    looked.toReversed().forEach((pane) => pane.scrollIntoView({ inline: "nearest", block: "nearest" }));
    looked.forEach((pane) => read(pane.dataset.pane));
  }
  looked.forEach((pane) => showMessage(pane, refs[pane.dataset.pane]));
}

document.addEventListener("click", ({ target }) => {
  const tab = target.closest("[data-goto]");
  if (!tab) return;
  const pane = goTo(tab.dataset.goto);
  if (narrow.matches) return showLatest(pane); // the focus stays on the tab, the next one is near
  pane.scrollIntoView({ inline: "nearest", block: "nearest" });
  pane.focus({ preventScroll: true });
});
for (const pane of panes) {
  for (const sign of ["pointerenter", "pointerdown", "focusin"]) {
    pane.addEventListener(sign, () => read(pane.dataset.pane));
  }
}
// Where a pane is reached by keyboard or by a link, the tabs follow.
document.addEventListener("focusin", ({ target }) => {
  const pane = target.closest("[data-pane]");
  if (pane && !pane.classList.contains("is-current")) goTo(pane.dataset.pane);
});
if (panes.length > 0) goTo(panes[0].dataset.pane);
