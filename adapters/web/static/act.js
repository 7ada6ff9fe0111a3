// What people do: presses, forms, messages. One deed is one post with a delivery id of its own.

import { clearBanners } from "./banner.js";
import { putPrivate } from "./panes.js";
import { closeSheet, fillSheet, forgetDraft, isOpen, valuesOf } from "./sheet.js";
import { busily, send } from "./wire.js";

const acting = (pane) => pane.querySelector("[data-acting]");

/** Who acts: whose answer or form this is, else whose phone, else whoever acts in the office. */
const whoIn = (pane, element) =>
  element.closest("[data-who]")?.dataset.who ?? acting(pane)?.value ?? pane.dataset.pane;

const nameOf = (id) => document.querySelector(`[data-pane="${CSS.escape(id)}"]`)?.dataset.name;

function nameIn(pane, who) {
  const option = acting(pane)?.querySelector(`option[value="${CSS.escape(who)}"]`);
  return nameOf(who) ?? option?.dataset.name ?? who;
}

async function act(pane, who, deed) {
  const place = pane.dataset.pane;
  clearBanners(pane);
  const body = { who, place, ...deed, delivery: crypto.randomUUID() };
  const answer = await send("/api/act", body, { again: true });
  if (answer.card) putPrivate(pane, answer.card);
  if (answer.form) fillSheet(pane, who, nameIn(pane, who), answer.form);
  return answer;
}

const snagBy = (element) =>
  (element.closest("[data-sheet]") ?? element.closest("[data-pane]")).querySelector("[data-snag]");

function press(button) {
  const pane = button.closest("[data-pane]");
  const who = whoIn(pane, button);
  const inSheet = Boolean(button.closest("[data-sheet]"));
  return busily(button, snagBy(button), async () => {
    const answer = await act(pane, who, { kind: "press", ...JSON.parse(button.dataset.press) });
    if (inSheet && !answer.form && isOpen(pane)) closeSheet(pane);
  });
}

function submit(form, button) {
  const pane = form.closest("[data-pane]");
  const who = whoIn(pane, form);
  const deed = { kind: "submit", ...JSON.parse(form.dataset.submit), values: valuesOf(form) };
  return busily(button, snagBy(form), async () => {
    const answer = await act(pane, who, deed);
    if (!answer.form) {
      forgetDraft(pane);
      closeSheet(pane);
    }
  });
}

function say(form, button) {
  const pane = form.closest("[data-pane]");
  const { text } = form.elements;
  if (!text.value.trim()) return text.focus();
  return busily(button, snagBy(form), async () => {
    const said = text.value;
    await act(pane, whoIn(pane, form), { kind: "say", text: said });
    if (text.value === said) text.value = "";
  });
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-press]");
  if (button) press(button);
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("[type=submit]");
  if (form.matches("[data-submit]")) submit(form, button);
  if (form.matches("[data-composer]")) say(form, button);
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-acting]")) return;
  const pane = target.closest("[data-pane]");
  const words = `Message as ${target.selectedOptions[0].dataset.name}`;
  pane.querySelector("[data-say-label]").textContent = words;
  pane.querySelector("[name=text]").placeholder = words;
});
