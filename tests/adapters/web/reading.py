"""Reads HTML as a browser would, so that a test sees words and not markup."""

from html.parser import HTMLParser

VOID = frozenset({"input", "hr", "br", "img", "meta", "link"})


class Page(HTMLParser):
    """All tags with their attributes, and the text of each element."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() or (self._open and self._open[-1] == "textarea"):
            self.texts.append((self._open[-1] if self._open else "", data))

    def words(self) -> list[str]:
        return [text for _, text in self.texts]

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def said_in(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]
