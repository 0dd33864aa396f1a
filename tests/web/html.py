"""Reading pages in tests: their words, their ids."""

import html
import re

from werkzeug.test import TestResponse


def text_of(response: TestResponse) -> str:
    """The words of a page, with single spaces."""
    plain = re.sub(r"<(script|style)\b.*?</\1>", " ", response.get_data(as_text=True), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", plain)).split())


def ids_of(response: TestResponse) -> list[str]:
    """Every id attribute of a page."""
    return re.findall(r'\sid="([^"]+)"', response.get_data(as_text=True))
