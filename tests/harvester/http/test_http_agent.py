"""Who we say we are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import UsageFault
from harvester.http import Manners, user_agent
from tests.harvester.http.asking import Script, Time, good, read


def test_the_agent_has_version_and_contact() -> None:
    assert re.fullmatch(r"peerlit/0\.1 \(\+https://[^ ]+\)", user_agent("0.1", None))
    assert user_agent("0.1", "me@example.org").endswith("; mailto:me@example.org)")
    assert user_agent("0.1", " mailto:me@example.org ").endswith("; mailto:me@example.org)")


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("abbott@example.org", "mailto:ab%62ott@example.org"),
        ("ROBOT@Spider.org", "mailto:RO%42OT@%53pider.org"),
    ],
)
def test_words_that_doaj_refuses_are_never_sent(address: str, sent: str) -> None:
    assert sent in user_agent("0.1", address)


@given(st.text("botspiderBOTSPIDER", min_size=1), st.text("botspider", min_size=1))
@settings(deadline=None)
def test_no_address_makes_a_bot(user: str, host: str) -> None:
    assert not re.search("bot|spider", user_agent("1", f"{user}@{host}.org"), re.IGNORECASE)


@pytest.mark.parametrize(
    "address", ["", "me", "me@x", "a b@x.org", "a@x.org\r\nX: y", "é@x.org", "a@x.org)", "a@x.org; x"]
)
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    with pytest.raises(UsageFault):
        user_agent("0.1", address)


@pytest.mark.parametrize("agent", ["", " ", "x\r\nCookie: y", "x\n", "é", "x\x00"])
def test_what_is_no_header_is_refused(agent: str) -> None:
    with pytest.raises(UsageFault):
        Manners(agent)


def test_the_whole_agent_can_be_chosen_and_is_sent() -> None:
    script = Script(good())
    with Time().client(script, Manners("Mozilla/5.0 (my robot)")) as client:
        client.get("https://example.org/", read=read, accept="text/xml")
    assert script.asked[0].headers["user-agent"] == "Mozilla/5.0 (my robot)"
    assert script.asked[0].headers["accept"] == "text/xml"
