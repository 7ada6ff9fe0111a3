// The line that a locked phone would show, below the pane's name for a few seconds.

const SHOWN_FOR = 4000;

/** What was told before the clock moved, or before somebody acted on it, is no news any more. */
export function clearBanners(within = document) {
  within.querySelectorAll("[data-banner]").forEach((place) => place.replaceChildren());
}

export function showBanner(pane, text, urgent) {
  const place = pane.querySelector("[data-banner]");
  const banner = document.createElement("div");
  banner.className = urgent ? "banner is-urgent" : "banner";
  // The log reads a calm message out by itself; an urgent one must not wait its turn.
  // While a story is told, its sentence says what this line says.
  if (urgent && !document.body.classList.contains("is-under-way")) banner.setAttribute("role", "alert");
  else banner.setAttribute("aria-hidden", "true");
  const from = document.createElement("span");
  from.className = "banner-from";
  from.textContent = "Doorstep";
  const line = document.createElement("span");
  line.className = "banner-line";
  line.dir = "auto";
  line.textContent = text;
  place.replaceChildren(banner);
  banner.append(from, line);
  setTimeout(() => banner.classList.add("is-leaving"), SHOWN_FOR - 400);
  setTimeout(() => banner.remove(), SHOWN_FOR);
}
