// Draws a card by Microsoft's own renderer, with a client that reads markdown wherever it may, and
// tells what a person sees and could press.
"use strict";
const AC = window.AdaptiveCards;
const markdown = window.markdownit({ linkify: true });
const shade = (text, back) => ({
  foregroundColors: {
    default: { default: text, subtle: "#616161" },
    attention: { default: "#b10e1c", subtle: "#b10e1c" },
  },
  backgroundColor: back,
});
const HOST = new AC.HostConfig({
  fontFamily: '"Segoe UI", "Liberation Sans", Arial, sans-serif',
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: "#d1d1d1" },
  containerStyles: {
    default: shade("#242424", "#ffffff"),
    emphasis: shade("#242424", "#f0f0f0"),
    accent: shade("#242424", "#e8ebfa"),
    good: shade("#242424", "#e7f2da"),
    warning: shade("#242424", "#fbe8d3"),
    attention: shade("#242424", "#fcf0f2"),
  },
  actions: {
    maxActions: 6,
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
  },
  inputs: { label: { inputSpacing: "small", requiredInputs: { weight: "bolder" } } },
});
const MARKUP = "a, em, strong, code, pre, ul, ol, table, hr, img, blockquote, h1, h2, h3, s, script";

AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

let shown = null;
let executed = null;

function show(given) {
  const card = new AC.AdaptiveCard();
  card.hostConfig = HOST;
  card.onExecuteAction = (action) => {
    executed = { kind: action.getJsonTypeName(), verb: action.verb, data: action.data };
  };
  card.parse(given, new AC.SerializationContext(AC.Versions.v1_5));
  const place = document.getElementById("cards");
  place.replaceChildren(card.render());
  shown = card;
  const buttons = [...place.querySelectorAll("button")];
  return {
    text: place.innerText,
    choices: [...place.querySelectorAll("option, [type=radio] ~ *, [type=checkbox] ~ *")]
      .map((each) => each.textContent)
      .filter(Boolean),
    buttons: buttons.map((each) => each.innerText),
    markup: [...place.querySelectorAll(MARKUP)].map((each) => each.outerHTML),
    tooWide: [...place.querySelectorAll("*")]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
      .filter((each) => !each.matches("input, textarea, select, label, option"))
      .map((each) => `${each.className}: ${each.textContent.slice(0, 40)}`),
    outside: [...place.querySelectorAll("*")]
      .filter((each) => each.getBoundingClientRect().right > 320)
      .map((each) => `${each.className}: ${each.textContent.slice(0, 40)}`),
  };
}

function press(label) {
  executed = null;
  [...document.querySelectorAll("#cards button")].find((each) => each.innerText === label).click();
  return executed;
}

function fill(values) {
  for (const input of shown.getAllInputs()) {
    if (input.id in values && input.renderedInputControlElement) {
      const element = input.renderedInputControlElement;
      element.value = values[input.id];
      element.dispatchEvent(new Event("input"));
      element.dispatchEvent(new Event("change"));
    }
  }
}
