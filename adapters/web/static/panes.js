// The messages in the panes: putting, swapping, taking away.

import { follows, showLatest, steadily } from "./scroll.js";

export const panes = [...document.querySelectorAll("[data-pane]")];
export const paneOf = (id) => panes.find((pane) => pane.dataset.pane === id);
const logOf = (pane) => pane.querySelector("[data-log]");

const piece = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
};

/** Shows a message. Gives "new", "changed", or "" where it stood there already. */
export function put({ pane: id, ref, rev, html }) {
  const pane = paneOf(id);
  if (!pane) return "";
  const log = logOf(pane);
  const old = log.querySelector(`[data-ref="${CSS.escape(ref)}"]`);
  if (old && Number(old.dataset.rev) >= rev) return "";
  const fresh = piece(html);
  if (old) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    steadily(log, () => {
      old.replaceWith(fresh);
      fresh.classList.add("is-changed");
      fold(log);
      return fresh;
    });
    if (focused) sameButton(fresh, focused).focus({ preventScroll: true });
    return "changed";
  }
  log.append(fresh);
  return "new";
}

/** Shows a message that has just come; `look` brings it into sight. */
export function putNew(pane, look) {
  fold(logOf(pane));
  settle(pane);
  if (look) showLatest(pane);
}

function sameButton(article, focused) {
  const like = [...article.querySelectorAll("button")];
  return like.find((button) => button.textContent === focused.textContent) ?? article;
}

/** Shows an answer that only one person sees; it stays until it is dismissed. */
export function putPrivate(pane, html) {
  logOf(pane).append(piece(html));
  putNew(pane, true);
}

/** Slim lines that say the same one after another show once. */
function fold(log) {
  const words = (article) => article.querySelector(".card-title").textContent;
  for (const line of log.querySelectorAll(".is-slim")) {
    const before = line.previousElementSibling;
    const same = before?.matches(".is-slim") && words(before) === words(line);
    line.classList.toggle("is-repeated", Boolean(same));
  }
}

/** While a story tells what happens, the panes don't read everything out beside it. */
export function holdLive(hold) {
  for (const pane of panes) logOf(pane).setAttribute("aria-live", hold ? "off" : "polite");
}

function settle(pane) {
  const any = logOf(pane).childElementCount > 0;
  pane.querySelector("[data-empty]").hidden = any;
  if ("spare" in pane.dataset && (any || !pane.classList.contains("is-current"))) {
    pane.hidden = !any;
    document.querySelector(`[data-goto="${CSS.escape(pane.dataset.pane)}"]`).hidden = !any;
  }
}

/** Makes every pane show just this, leaving alone what is right already. Gives the panes of what is new. */
export function putAll(state) {
  const news = [];
  for (const pane of panes) {
    const log = logOf(pane);
    const messages = state[pane.dataset.pane] ?? [];
    const refs = new Set(messages.map((message) => message.ref));
    log.setAttribute("aria-busy", "true");
    for (const article of [...log.querySelectorAll("[data-ref]")]) {
      if (!refs.has(article.dataset.ref)) article.remove();
    }
    const follow = follows(pane);
    const fresh = messages.filter((message) => put(message) === "new");
    news.push(...fresh.map(() => pane));
    putNew(pane, follow && fresh.length > 0);
    log.setAttribute("aria-busy", "false");
  }
  return news;
}

/** Takes away what only one person sees, everywhere. */
export function dropPrivate() {
  document.querySelectorAll("[data-private]").forEach((article) => article.remove());
}

document.addEventListener("click", ({ target }) => {
  const article = target.closest("[data-dismiss]")?.closest("[data-private]");
  if (!article) return;
  const pane = article.closest("[data-pane]");
  article.remove();
  settle(pane);
  logOf(pane).focus({ preventScroll: true });
});
