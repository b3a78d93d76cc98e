from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.source.markup import convert, sanitise

# What an attacker may write in a file; each is also handed to the sanitiser as if it were HTML.
ATTACKS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='media:a.jpg' onerror='alert(1)' alt='x'>",
    "<img src=https://evil.example/x.gif>",
    "<img src=//evil.example/x.gif>",
    "<img srcset='https://evil.example/x 2x' src='media:a.jpg'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=x&gt;'>",
    "<math href=javascript:alert(1)>x</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=https://evil.example/a.mp3 autoplay></audio>",
    "<body onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<p style='background:url(https://evil.example/x)'>x</p>",
    "<p class='leave-site exit'>x</p>",
    "<p id=location>x</p>",
    "<a id=document name=cookie href=#x>x</a>",
    "<form id=x><input name=attributes></form>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=data:text/html,<script>alert(1)</script>>x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<a href=//evil.example>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='https:evil.example'>x</a>",
    "<a href='person:../../x'>x</a>",
    "<a href='testimony:t-1#p4\" onclick=alert(1)'>x</a>",
    "<a target=_blank rel=opener ping=https://evil.example href=https://example.org>x</a>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<p><table><p></table><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php echo 1 ?><b onmouseover=alert(1)>x</b>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](\\javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](https:evil.example)",
    "[x](https:\\\\evil.example)",
    '[x](https://example.org/"onmouseover="alert(1))',
    '[x](https://example.org "t" onmouseover="alert(1)")',
    "[x](https://example.org '\"><script>alert(1)</script>')",
    "[x][a]\n\n[a]: javascript:alert(1)",
    "[x](person:p-1\"onclick=alert)",
    "![x](https://evil.example/x.gif)",
    "![x](//evil.example/x.gif)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![x](../../../etc/passwd)",
    '![x" onerror="alert(1)](a.jpg)',
    '![x](a.jpg "\\" onerror=alert(1) \\"")',
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[[<img src=x onerror=alert(1)>]]",
    "{{<script>alert(1)</script>}}",
    "(([x](javascript:alert(1))))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "x[^a]\n\n[^a]: <img src=x onerror=alert(1)> [y](javascript:alert(1))",
    'x[^"><script>]\n\n[^"><script>]: y',
    "# <script>alert(1)</script> [x](javascript:alert(1))",
    "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
    "<script>: <script>alert(1)</script>",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03 \x0260\x03script>",
    "&#2;60&#3;script&#62;",
)  # fmt: skip

PROSE = st.text(
    st.sampled_from(
        "ab \n\t[](){}<>!*_`\\#|:-^&;\"'1.~=/@AИ中\u0627\u2028\ufffd\x00\U000f0001"
    ),
    max_size=80,
)


class Watcher(HTMLParser):
    """Reads HTML as another parser than the sanitiser's, and complains."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.complaints: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in sanitise.TAGS:
            self.complaints.append(f"tag {tag}")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        good = {
            "href": value.startswith(
                ("https://", "http://", "mailto:", "#u-", "person:", "testimony:t-")
            ),
            "src": value.startswith("media:") and ".." not in value and "//" not in value,
            "id": value.startswith("u-"),
            "class": value in sanitise.CLASSES.get(tag, ()),
            "rel": value == sanitise.EXTERNAL_REL,
            "alt": tag == "img",
            "title": tag in ("a", "img"),
            "start": value.isdecimal(),
        }
        if not good.get(name):
            self.complaints.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.complaints.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.complaints.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.complaints.append(f"instruction {data}")


def complaints(html: str) -> list[str]:
    watcher = Watcher()
    watcher.feed(html)
    watcher.close()
    return watcher.complaints


def published(body: str) -> str:
    made, _ = convert.convert(
        body, path="t.md", first_line=1, labels=("<script>",), language="en"
    )
    return "\n".join([block.html for block in made.blocks] + [made.footnotes])


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_in_a_body_reaches_the_page(attack: str) -> None:
    assert complaints(published(f"words before {attack} and after\n\n{attack}")) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_as_html_passes_the_sanitiser(attack: str) -> None:
    assert complaints(sanitise.clean(f"<div><p>{attack}</div>") or "") == []


@given(st.lists(st.sampled_from(ATTACKS) | PROSE, min_size=1, max_size=4), PROSE)
def test_no_mixture_of_attacks_reaches_the_page(parts: list[str], between: str) -> None:
    assert complaints(published(between.join(parts))) == []


@given(PROSE)
def test_what_was_cleaned_is_not_changed_by_cleaning_again(html: str) -> None:
    once = sanitise.clean(html)
    assert once is None or sanitise.clean(once) == once


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="person:p-bb22">x</a></p>',
        '<p><a href="testimony:t-9x2d#p4">x</a></p>',
        '<p><span class="gloss">(x)</span></p>',
        '<img src="media:a/b.jpg" alt="x">',
        '<li id="u-fn-1">x</li>',
    ],
)
def test_what_the_conversion_writes_passes_as_it_is(html: str) -> None:
    assert sanitise.clean(html) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<li id="nav">x</li>', '<li id="u-nav">x</li>'),
        ('<a href="#nav">x</a>', '<a href="#u-nav">x</a>'),
        ('<span class="gloss exit">x</span>', '<span class="gloss">x</span>'),
        ('<a href="https:evil.example">x</a>', "<a>x</a>"),
        ('<a href="/\\evil.example">x</a>', "<a>x</a>"),
        ('<img src="photo.jpg" alt="x">', '<img alt="x">'),
    ],
)
def test_what_is_not_ours_is_taken_out_or_marked(html: str, cleaned: str) -> None:
    assert sanitise.clean(html) == cleaned
