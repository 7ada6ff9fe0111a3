// A form slides over the chat of whoever fills it in; everybody else's pane stays free.

const drafts = new Map(); // what was typed and not sent, by person and form
const openers = new WeakMap();
const sheetOf = (pane) => pane.querySelector("[data-sheet]");
const around = (pane) => pane.querySelectorAll("[data-log], [data-foot], [data-empty]");
const keyOf = (sheet) => `${sheet.dataset.who} ${sheet.querySelector("form")?.dataset.submit}`;

export const isOpen = (pane) => sheetOf(pane).open;

/** Every field by name, several choices joined by commas, what isn't chosen as "". */
export function valuesOf(form) {
  const values = {};
  for (const { name, type, checked, value } of form.elements) {
    if (!name) continue;
    const said = /radio|checkbox/.test(type) && !checked ? "" : value;
    values[name] = [values[name], said].filter(Boolean).join(",");
  }
  return values;
}

export function fillSheet(pane, who, name, html) {
  const sheet = sheetOf(pane);
  if (!sheet.open) openers.set(sheet, document.activeElement);
  sheet.dataset.who = who;
  sheet.querySelector("[data-as]").textContent = `${name} is filling this in`;
  sheet.querySelector("[data-sheet-body]").innerHTML = html;
  const form = sheet.querySelector("form");
  sheet.setAttribute("aria-labelledby", form.getAttribute("aria-labelledby"));
  const snag = document.createElement("p");
  snag.className = "snag";
  snag.setAttribute("role", "alert");
  snag.dataset.snag = "";
  form.querySelector(".is-last").before(snag);
  const wrong = form.querySelector("[aria-invalid]");
  if (!wrong) restore(form, drafts.get(keyOf(sheet)));
  if (!sheet.open) sheet.show();
  around(pane).forEach((part) => { part.inert = true; });
  sheet.scrollTop = 0;
  pane.scrollIntoView({ inline: "nearest", block: "nearest" }); // a phone cut off at the edge
  const fields = "input, select, textarea, button";
  const first = wrong?.matches("fieldset") ? wrong.querySelector(fields) : wrong;
  const stop = first ?? form.querySelector(fields);
  stop.focus({ preventScroll: true });
  if (wrong) (wrong.closest(".field") ?? wrong).scrollIntoView({ block: "nearest", inline: "nearest" });
}

export function closeSheet(pane) {
  const sheet = sheetOf(pane);
  if (!sheet.open) return;
  const had = sheet.contains(document.activeElement);
  sheet.close();
  around(pane).forEach((part) => { part.inert = false; });
  const opener = openers.get(sheet);
  if (had) (opener?.isConnected ? opener : pane.querySelector("[name=text]")).focus();
}

export const forgetDraft = (pane) => drafts.delete(keyOf(sheetOf(pane)));

export function forgetAllDrafts() {
  drafts.clear();
}

function restore(form, draft) {
  for (const field of form.elements) {
    if (!draft || !(field.name in draft)) continue;
    const said = draft[field.name];
    if (/radio|checkbox/.test(field.type)) field.checked = said.split(",").includes(field.value);
    else field.value = said;
  }
}

document.addEventListener("input", ({ target }) => {
  const sheet = target.closest("[data-sheet]");
  if (!sheet || !target.name) return;
  const draft = drafts.get(keyOf(sheet)) ?? {};
  draft[target.name] = valuesOf(target.form)[target.name];
  drafts.set(keyOf(sheet), draft);
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-close]")) closeSheet(target.closest("[data-pane]"));
});
document.addEventListener("keydown", (event) => {
  const sheet = event.target.closest("[data-sheet]");
  if (!sheet) return;
  if (event.key === "Escape") {
    event.preventDefault();
    closeSheet(sheet.closest("[data-pane]"));
  } else if (event.key === "Tab") {
    const stops = [...sheet.querySelectorAll("button, input, select, textarea")];
    const [first, last] = [stops[0], stops[stops.length - 1]];
    if (event.target !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
});
