// Every visible text, field value and placeholder with too little contrast to what is behind it.
() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = "#000";
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) => [
    ...[r, g, b].map((part, i) => part * a + under[i] * (1 - a)),
    1,
  ];
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b]
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };

  /** All colours that may stand behind an element: a gradient gives several. */
  const grounds = (element) => {
    if (!element) return [parse("Canvas")];
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const colour = parse(backgroundColor);
    const stops = backgroundImage.includes("gradient")
      ? (backgroundImage.match(/(rgba?|color|oklch|oklab|hsla?)\([^()]*\)|#[0-9a-f]{3,8}/gi) ?? [])
      : [];
    const painted = stops.map(parse);
    if (painted.length > 0 && painted.every((stop) => stop[3] === 1)) return painted;
    if (painted.length === 0 && colour[3] === 1) return [colour];
    const under = colour[3] === 1 ? [colour] : grounds(element.parentElement);
    const behind = under.map((each) => over(colour, each));
    return [...behind, ...painted.flatMap((stop) => behind.map((each) => over(stop, each)))];
  };

  const opacity = (element) =>
    element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;

  const weak = [];
  const measure = (element, style, words, what) => {
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ink = parse(style.color);
    ink[3] *= opacity(element);
    const least = Math.min(...grounds(element).map((ground) => contrast(over(ink, ground), ground)));
    if (least < (large ? 3 : 4.5) - 0.005) {
      weak.push(`${what} "${words.slice(0, 30)}" in .${element.className || element.tagName}: ${least.toFixed(2)}`);
    }
  };
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest("[inert]");

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, noscript, option") || !shown(element)) continue;
    count += 1;
    measure(element, getComputedStyle(element), node.data.trim(), "text");
  }
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (!shown(field) || /checkbox|radio/.test(field.type)) continue;
    measure(field, getComputedStyle(field), field.value, "value");
    if (field.placeholder) {
      measure(field, getComputedStyle(field, "::placeholder"), field.placeholder, "placeholder");
    }
  }
  if (count < 20) weak.push(`only ${count} pieces of text were found`);
  return weak;
}
