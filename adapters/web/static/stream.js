// Follows the server's events. On every (re)connection the whole state is fetched first, and then
// only what is newer is applied: nothing is lost, nothing comes twice.

/** `sync(state)` shows everything; `apply(kind, event)` shows one thing; `lost(bool)` says so. */
export function follow({ sync, apply, tick, lost }) {
  let seen = 0;
  let waiting = null; // events that came while the state was being fetched
  let round = 0;

  async function resync() {
    round += 1;
    const mine = round;
    waiting = [];
    try {
      const response = await fetch("/api/state");
      if (!response.ok) throw new Error(String(response.status));
      const state = await response.json();
      if (mine !== round) return;
      seen = state.seq;
      sync(state);
      const held = waiting;
      waiting = null;
      held.forEach(([kind, event]) => take(kind, event));
      lost(false);
    } catch {
      if (mine === round) setTimeout(() => mine === round && resync(), 1000);
    }
  }

  function take(kind, event) {
    if (waiting) {
      waiting.push([kind, event]);
    } else if (event.seq > seen) {
      seen = event.seq;
      if (kind === "reset") resync();
      apply(kind, event);
    }
  }

  function open() {
    const source = new EventSource("/api/events");
    source.addEventListener("hello", resync);
    source.addEventListener("tick", (event) => tick(JSON.parse(event.data)));
    for (const kind of ["post", "edit", "clock", "reset", "story"]) {
      source.addEventListener(kind, (event) => take(kind, JSON.parse(event.data)));
    }
    source.addEventListener("error", () => {
      lost(true);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 2000);
    });
  }

  open();
}
