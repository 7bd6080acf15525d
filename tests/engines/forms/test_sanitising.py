"""Rich text stays harmless whatever is pasted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.forms.sanitising import sanitise

PIECES = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<b>", "</b>", "<a href='javascript:x()'>", '<a href="https://e.com/?a=1&b=2">', "</a>", "<br>",
        "<br/>", "<script>", "</script>", "<script/>", "<style>x", "</style>", "<img src=x onerror=x()>", "<svg>",
        "</svg>", "<li onclick=x>", "</li>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#60;script&#62;", "&", "<",
        ">", "<textarea>", "</textarea>", "<plaintext>", "<title>", "<p", "\"'", "\0", "文字", " ", "<?php", "</",
        "<noscript>", "<iframe>", "</iframe>", "<A HREF=data:text/html,x>", "<math><mi>", "<table><tr><td>", "</td>",
    ]),
    max_size=14,
).map("".join)  # fmt: skip
HARMLESS = re.compile(
    r"</?(?:p|br|b|strong|i|em|u|s|sub|sup|ul|ol|li|h[1-4]|blockquote|code|pre|a|hr|table|thead|tbody|tr|th|td)>"
    r'|<a href="(?:https?://|mailto:|tel:)[^"<>]*" rel="noopener noreferrer" target="_blank">'
)


@settings(max_examples=500, deadline=None)
@given(html=PIECES)
def test_only_harmless_tags_are_left_and_cleaning_again_changes_nothing(html: str) -> None:
    found = sanitise(html)
    left = HARMLESS.sub("", found)
    assert "<" not in left
    assert ">" not in left
    assert sanitise(found) == found


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<script>alert(1)</script>好", "好"),
        ("<p>甲<p>乙", "<p>甲<p>乙</p></p>"),
        ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ('<a href="https://e.com/?a=1&amp;b=2" onclick="x()">看</a>',
         '<a href="https://e.com/?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">看</a>'),
        ("<svg><script>x</script></svg>y", "y"),
        ("<img src=x onerror=alert(1)>z", "z"),
    ],
)  # fmt: skip
def test_what_is_pasted_becomes_plain_html(html: str, clean: str) -> None:
    assert sanitise(html) == clean
