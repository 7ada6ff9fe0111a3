// The school's time, ticking, and the buttons that move it.

import { clearBanners } from "./banner.js";
import { busily, send } from "./wire.js";

const timeZone = document.body.dataset.zone;
const write = (options) => new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
const inFull = write({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const short = write({ hour: "2-digit", minute: "2-digit" });
const day = write({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const face = document.querySelector("[data-clock-time]");
const date = document.querySelector("[data-clock-date]");
const small = [...document.querySelectorAll("[data-status-time]")];
const said = document.querySelector("[data-said]");
const confirm = document.querySelector("[data-confirm]");
const movers = [...document.querySelectorAll("[data-skip], [data-ask-reset]")];

const SAID_FOR = 30_000;
let base = null;
let mark = 0;
let still = false; // a story is being told: time stands still

export function setClock({ now, held }) {
  base = Date.parse(now);
  still = held;
  mark = performance.now();
  tick();
}

function tick() {
  if (base === null) return;
  const now = new Date(still ? base : base + performance.now() - mark);
  face.textContent = inFull.format(now);
  face.dateTime = now.toISOString();
  date.textContent = day.format(now);
  small.forEach((each) => { each.textContent = short.format(now); });
}
setInterval(tick, 1000);

/** One move at a time: while one is under way, the others wait visibly. */
async function move(button, place, path, body) {
  if (movers.some((each) => each.getAttribute("aria-disabled") === "true")) return false;
  const others = movers.filter((each) => each !== button);
  others.forEach((each) => each.setAttribute("aria-disabled", "true"));
  let done = false;
  said.textContent = "";
  clearBanners();
  await busily(button, place, async () => {
    const answer = await send(path, body);
    setClock(answer);
    said.textContent = answer.said;
    setTimeout(() => { if (said.textContent === answer.said) said.textContent = ""; }, SAID_FOR);
    done = true;
  });
  others.forEach((each) => each.removeAttribute("aria-disabled"));
  return done;
}

document.addEventListener("click", async ({ target }) => {
  const skip = target.closest("[data-skip]");
  if (skip) {
    const length = skip.dataset.skip;
    await move(skip, said, "/api/clock", { skip: length === "next" ? length : Number(length) });
  } else if (target.closest("[data-ask-reset]:not([aria-disabled])")) {
    confirm.showModal();
  } else if (target.closest("[data-keep]")) {
    confirm.close();
  } else if (target.closest("[data-reset]")) {
    const place = confirm.querySelector("[data-snag]");
    if (await move(target.closest("[data-reset]"), place, "/api/reset", {})) confirm.close();
  }
});
