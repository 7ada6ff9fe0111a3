// Where a pane's chat is scrolled to: what is new is shown, and what somebody reads stays put.

const logOf = (pane) => pane.querySelector("[data-log]");
const topIn = (log, article) => article.getBoundingClientRect().top - log.getBoundingClientRect().top;

/** Whether the latest message is in sight: whoever has scrolled back reads something older. */
export function follows(pane) {
  const log = logOf(pane);
  const last = log.lastElementChild;
  return !last || topIn(log, last) < log.clientHeight;
}

/** A long card is read from its top, below the banner; a short one stands at the foot. */
export const showLatest = (pane) => show(pane, logOf(pane).lastElementChild);

export const showMessage = (pane, ref) =>
  show(pane, logOf(pane).querySelector(`[data-ref="${CSS.escape(ref)}"]`));

function show(pane, article) {
  if (!article) return;
  const log = logOf(pane);
  const room = (pane.querySelector("[data-banner]")?.offsetHeight ?? 0) + 10;
  const last = article === log.lastElementChild;
  if (last && article.offsetHeight + room + 16 <= log.clientHeight) log.scrollTop = log.scrollHeight;
  else log.scrollTop += topIn(log, article) - room;
}

/** Changes a message so that the first one in sight stays where it is, however much grows above. */
export function steadily(log, change) {
  const seen = [...log.children].find((each) => topIn(log, each) + each.offsetHeight > 0);
  const before = seen ? topIn(log, seen) : 0;
  const now = change() ?? seen;
  const stays = seen?.isConnected ? seen : now;
  if (stays) log.scrollTop += topIn(log, stays) - before;
}
