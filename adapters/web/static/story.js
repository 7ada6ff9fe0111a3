// The story that plays by itself. The server tells it; here its step is shown and its buttons sent.

import { holdLive, panes } from "./panes.js";
import { lookAt } from "./people.js";
import { busily, send } from "./wire.js";

const telling = document.querySelector("[data-telling]");
const step = telling.querySelector("[data-step]");
const says = telling.querySelector("[data-says]");
const snag = telling.querySelector("[data-story-snag]");
const asked = document.querySelector("[data-confirm-story]");
const controls = [...telling.querySelectorAll("[data-story]")];
const starter = document.querySelector(".top [data-story]");

let shownStep = "";
let entering = false;

/** Shows where the story stands, and brings the panes of its step into view. */
export function showStory(story) {
  const had = telling.contains(document.activeElement);
  const off = story.mode === "off";
  const under = story.mode === "playing" || story.mode === "paused";
  telling.hidden = off;
  starter.hidden = !off;
  document.body.classList.toggle("is-telling", !off);
  document.body.classList.toggle("is-under-way", under);
  if (step.textContent !== story.step) step.textContent = story.step;
  if (says.textContent !== story.says) says.textContent = story.says;
  for (const button of controls) button.hidden = !story.controls.includes(button.dataset.story);
  for (const pane of panes) pane.classList.toggle("is-looked-at", pane.dataset.pane in story.look);
  holdLive(under);
  const key = JSON.stringify([story.step, story.look]);
  if (key !== shownStep) lookAt(story.look);
  shownStep = key;
  if (had && !telling.contains(visibleFocus())) nextStop(off).focus();
  enter();
}

/** Whoever started the story finds the focus on its controls, whichever comes first: answer or event. */
function enter() {
  if (!entering || telling.hidden) return;
  entering = false;
  nextStop(false).focus();
}

const visibleFocus = () =>
  document.activeElement?.checkVisibility() ? document.activeElement : null;
const nextStop = (off) => (off ? starter : controls.find((button) => !button.hidden)) ?? starter;

async function start(button, place, wipe) {
  await busily(button, place, async () => {
    const answer = await send("/api/story", { do: "start", wipe });
    if (answer.asks) return asked.showModal();
    asked.close();
    entering = true;
    enter();
  });
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-story]");
  if (button?.dataset.story === "start") start(button, snag, false);
  else if (button) busily(button, snag, () => send("/api/story", { do: button.dataset.story }));
  else if (target.closest("[data-story-keep]")) asked.close();
  else if (target.closest("[data-story-wipe]")) {
    start(target.closest("[data-story-wipe]"), asked.querySelector("[data-snag]"), true);
  }
});
