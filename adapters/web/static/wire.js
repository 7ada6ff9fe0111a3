// Talks to the server. Every failure becomes an Error whose message is a sentence for the person.

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Posts JSON and gives the JSON that comes back. `again` may be true only where twice does no harm. */
export async function send(path, body, { again = false } = {}) {
  const text = JSON.stringify(body);
  let response;
  for (let tries = 0; !response; tries += 1) {
    try {
      response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Doorstep": "1" },
        body: text,
      });
    } catch {
      if (!again || tries > 0) {
        throw new Error("Doorstep isn’t answering. What you typed is kept; please try again.");
      }
      await pause(600);
    }
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? "That didn’t work. Please try again.");
  return answer;
}

/** Marks a button as busy while `work` runs; says in `place` what went wrong, if anything did. */
export async function busily(button, place, work) {
  if (button?.getAttribute("aria-disabled") === "true") return;
  const words = button?.textContent;
  button?.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-disabled", "true");
  if (button?.dataset.busyText) button.textContent = button.dataset.busyText;
  place.textContent = "";
  try {
    await work();
  } catch (problem) {
    place.textContent = problem.message;
  } finally {
    button?.removeAttribute("aria-busy");
    button?.removeAttribute("aria-disabled");
    if (button?.dataset.busyText) button.textContent = words;
  }
}
