/** Draws `window.shown` as Slack does: a message, a modal or a home tab, on a phone's width. */
import { createRoot } from "react-dom/client";
import { Message } from "slack-blocks-to-jsx";
import "slack-blocks-to-jsx/dist/style.css";

const LOGO =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="6" fill="#1f3a5f"/>' +
      '<path d="M11 29V9h14v20z" fill="#fff"/><circle cx="22" cy="19" r="1.6" fill="#1f3a5f"/></svg>',
  );

const { given, users, time } = window.shown;
const data = { users: users.map(([id, name]) => ({ id, name })) };

function Shown() {
  const blocks = (bare) => (
    <Message theme="light" name="Doorstep" logo={LOGO} time={new Date(time)} data={data}
      blocks={given.blocks} withoutWrapper={bare} />
  );
  if (given.type === "modal") {
    return (
      <div className="modal">
        <header><span>{given.close.text}</span><b>{given.title.text}</b><span>{given.submit?.text ?? ""}</span></header>
        {blocks(true)}
      </div>
    );
  }
  return given.type === "home" ? <div className="home">{blocks(true)}</div> : blocks(false);
}

/** The library draws every field of text with several lines; most have one. */
function asTyped() {
  const texts = given.blocks.map((block) => block.element).filter((each) => each?.type === "plain_text_input");
  document.querySelectorAll("textarea").forEach((area, n) => {
    area.style.cssText = `resize: none; min-height: 0; height: ${texts[n].multiline ? 72 : 36}px`;
  });
  const words = document.createTreeWalker(document.getElementById("root"), NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    words.currentNode.nodeValue = words.currentNode.nodeValue.replace(/\u21b5|Please 'enter' to submit/g, "");
  }
  document.body.dataset.drawn = "yes";
}

createRoot(document.getElementById("root")).render(<Shown />);
setTimeout(asTyped, 100);
