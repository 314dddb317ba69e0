from unicodedata import is_normalized

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.normalize.text import plain


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # entities, however often escaped
        ("AT&amp;T", "AT&T"),
        ("Food &amp;amp; Drink", "Food & Drink"),
        ("&amp;amp;amp;amp;lt;", "<"),
        ("&amp;#233;t&#xe9;", "été"),
        ("caf&eacute; &mdash; bar", "café — bar"),
        ("line&#13;\nbreak&#10;here", "line break here"),
        ("&#150; and &#x92;", "– and ’"),
        ("&#xD835;&#xDC00;", "𝐀"),
        ("&#xD800;", None),
        ("&#99999999;", "\ufffd"),
        # what only looks like one
        ("Research & Development", "Research & Development"),
        ("R&D; AT&T; &nonsense;", "R&D; AT&T; &nonsense;"),
        ("?a=1&copy=2&para=3", "?a=1&copy=2&para=3"),
        # markup, plain and escaped
        ("<i>Homo sapiens</i> in <b>Europe</b>", "Homo sapiens in Europe"),
        ("&lt;i&gt;Homo&lt;/i&gt; &amp;lt;b&amp;gt;x&amp;lt;/b&amp;gt;", "Homo x"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("One<br>two<br/>three<BR />four", "One two three four"),
        ('<p class="MsoNormal" style=\'a:b\'>Text <a href="x?a=1&b=2">link</a></p>', "Text link"),
        (
            "<jats:sec><jats:title>Background</jats:title><jats:p>Some <jats:bold>x</jats:bold>.</jats:p>",
            "Background Some x.",
        ),
        ("<!-- no --><style>p {color: red}</style>yes<script>x()</script>", "yes"),
        ("<![CDATA[Tom & Jerry]]>", "Tom & Jerry"),
        ("<i>unclosed and <i>again", "unclosed and again"),
        ("a<<i>i>b", "ab"),
        ("&am<i></i>p;", "&"),
        # formulas
        ("H<sub>2</sub>O and Ca<sup>2+</sup> at 10<sup>-3</sup>", "H₂O and Ca²⁺ at 10⁻³"),
        ("x<sub>max</sub>, 19<sup>th</sup>", "xmax, 19th"),
        ("m<sup><i>2</i></sup>", "m²"),
        ("CO&lt;sub&gt;2&lt;/sub&gt;", "CO₂"),
        ("<ce:inf>2</ce:inf>", "₂"),
        ("<mml:math><mml:mi>p</mml:mi>\n <mml:mo>&lt;</mml:mo> <mml:mn>0.05</mml:mn></mml:math>", "p<0.05"),
        ("<math><msup>\n<mi>x</mi>\n<mn>2</mn>\n</msup></math>", "x²"),
        (
            '<math><semantics><mi>α</mi><annotation encoding="TeX">\\alpha</annotation></semantics></math>',
            "α",
        ),
        (
            "<alternatives><tex-math>\\documentclass{x}</tex-math><mml:math><mml:mi>y</mml:mi></mml:math></alternatives>",
            "y",
        ),
        ("<tex-math>E = mc^2</tex-math>", "E = mc^2"),
        ("$\\alpha$-decay of \\textit{x}", "$\\alpha$-decay of \\textit{x}"),
        # angle brackets that are none
        ("p < 0.05 and n > 3", "p < 0.05 and n > 3"),
        ("x <y> z", "x <y> z"),
        ("n<5 and <100> planes", "n<5 and <100> planes"),
        ("<me@example.org> <http://example.org/>", "<me@example.org> <http://example.org/>"),
        ("the letters <a> and <s>", "the letters <a> and <s>"),
        ("if a <b and c> d", "if a <b and c> d"),
        # blanks
        ("  two  blanks\t\r\nand a line ", "two blanks and a line"),
        ("no\u00a0break\u2009thin\u3000wide\u2028line", "no break thin wide line"),
        # invisible
        ("soft\u00adhyphen, bro\u00ad\nken", "softhyphen, broken"),
        ("\ufeffzero\u200bwidth\u2060", "zerowidth"),
        ("\u202eright\u202c \u2066to\u2069 \u200eleft\u200f", "right to left"),
        ("a\x00b\x07c\x1b\x7f", "abc"),
        ("می‌خواهم", "می‌خواهم"),
        ("क्‍ष", "क्‍ष"),
        ("👩‍🔬 at work", "👩‍🔬 at work"),
        ("a\u200db\u200cc", "abc"),
        # encodings gone wrong
        ("It\x92s \x93here\x94", "It’s “here”"),
        ("\x98Der\x9c Titel", "Der Titel"),
        ("\x88The \x89Title", "The Title"),
        ("c\x9cur", "cœur"),
        ("\ud835\udc00 and \ud800alone", "𝐀 and alone"),
        ("kept: \ufffd \ue000", "kept: \ufffd \ue000"),
        ("e\u0301te\u0301", "été"),
        ("\ufffe\ufffftext\ufdd0", "text"),
        # nothing
        (None, None),
        ("", None),
        (" \t\n", None),
        ("<p></p>", None),
        ("&nbsp;", None),
        ("\u200b", None),
    ],
)
def test_any_text_becomes_one_plain_line(source: str | None, text: str | None) -> None:
    assert plain(source) == text


_TEXTS = (
    st.text()
    | st.text(alphabet="<>&;/#xampltgisub1 \u200d\u0915\u0301e\x92\xad")
    | st.text(
        alphabet=st.characters(codec=None)  # lone surrogates too
    )
)


@settings(deadline=None)
@given(_TEXTS)
@example("<<i>i>a&<i></i>amp;amp;lt;i&gt;")
@example("&#38;#38;#60;i&#x26;gt;")
@example("<\u0338")
@example("&lt\u037e")
def test_plain_text_is_settled(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    if once is not None:
        assert once
        assert once == " ".join(once.split())
        assert is_normalized("NFC", once)
        once.encode()


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_letters_and_figures_are_never_lost(text: str) -> None:
    from unicodedata import normalize

    assert plain(text) == normalize("NFC", text)
