// Wires the page: what the server says goes to the panes, the badges and the clock.

import "./act.js";
import { showBanner } from "./banner.js";
import { setClock } from "./clock.js";
import { dropPrivate, paneOf, panes, put, putAll, putNew } from "./panes.js";
import { arrived, forgetUnread } from "./people.js";
import { follows } from "./scroll.js";
import { closeSheet, forgetAllDrafts } from "./sheet.js";
import { showStory } from "./story.js";
import { follow } from "./stream.js";

const lost = document.querySelector("[data-lost]");
let met = false; // what stands there when the page opens has been read
const help = document.querySelector(".help");

const kinds = {
  post(event) {
    const pane = paneOf(event.pane);
    if (!pane) return;
    const look = event.urgent || follows(pane); // what is urgent is seen, whatever somebody reads
    if (put(event) !== "new") return;
    if (event.notification) {
      arrived(pane, event.urgent);
      showBanner(pane, event.notification, event.urgent);
    }
    putNew(pane, look);
  },
  edit: put,
  story: showStory,
  clock: setClock,
  reset() {
    panes.forEach(closeSheet);
    forgetAllDrafts();
    forgetUnread();
    dropPrivate();
  },
};

follow({
  sync(state) {
    setClock(state);
    const news = putAll(state.panes);
    showStory(state.story);
    if (met) news.forEach((pane) => arrived(pane));
    met = true;
  },
  apply: (kind, event) => kinds[kind](event),
  tick: setClock,
  lost(gone) {
    lost.textContent = gone ? "Doorstep isn’t answering. Trying to reach it again…" : "";
  },
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !help.open) return;
  if (help.contains(document.activeElement)) help.querySelector("summary").focus();
  help.open = false;
});
document.addEventListener("pointerdown", ({ target }) => {
  if (help.open && !help.contains(target)) help.open = false;
});
