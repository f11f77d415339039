"""What staff paste, and the address that is read out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articket.adapters.servers.servers import HttpImageServers
from articket.domain.faults import ServerRefused
from articket.domain.fleet.server import Address, Login

resolve = HttpImageServers().resolve

PASTED = [
    ("http://192.168.0.24:7860/", "http://192.168.0.24:7860"),
    ("192.168.0.24:7860", "http://192.168.0.24:7860"),
    ("  'http://192.168.0.24:7860' ", "http://192.168.0.24:7860"),
    ("\u201chttp://192.168.0.24:7860\u201d", "http://192.168.0.24:7860"),
    ("<http://192.168.0.24:7860>,", "http://192.168.0.24:7860"),
    ("Running on local URL:  http://127.0.0.1:7860\n", "http://127.0.0.1:7860"),
    ("http://0.0.0.0:7860", "http://127.0.0.1:7860"),
    ("localhost", "http://localhost"),
    ("localhost:8188", "http://localhost:8188"),
    ("atelier:7860", "http://atelier:7860"),
    ("ATELIER.local:7860", "http://atelier.local:7860"),
    ("http://gpu_box:7860", "http://gpu_box:7860"),
    ("http://[fd00::24]:7860/", "http://[fd00::24]:7860"),
    ("http://example.org:80/", "http://example.org"),
    ("https://example.org:443/", "https://example.org"),
    ("http://그림.example:7860", "http://xn--2i0b46t.example:7860"),
    ("http://host:7860/docs", "http://host:7860"),
    ("http://host:7860/docs#/default/img2img", "http://host:7860"),
    ("http://host:7860/sdapi/v1/img2img", "http://host:7860"),
    ("http://host:7860/?__theme=dark", "http://host:7860"),
    ("http://host:7860/#/anything", "http://host:7860"),
    ("http://host:7860/#", "http://host:7860"),
    ("https://example.org/painting/one/", "https://example.org/painting/one"),
    ("https://example.org/painting/sdapi/v1/options", "https://example.org/painting"),
    ("https://abc-7860.proxy.runpod.net", "https://abc-7860.proxy.runpod.net"),
    ("http://abc-7860.proxy.runpod.net/", "https://abc-7860.proxy.runpod.net"),
    ("abc.ngrok-free.app", "https://abc.ngrok-free.app"),
    ("http://abc.ngrok-free.app:80", "https://abc.ngrok-free.app"),
    ("Running on public URL: https://0123abcd.gradio.live", "https://0123abcd.gradio.live"),
    ("quick-brown-fox.trycloudflare.com", "https://quick-brown-fox.trycloudflare.com"),
]


@pytest.mark.parametrize(("pasted", "url"), PASTED, ids=[pasted.strip() for pasted, _ in PASTED])
def test_what_staff_paste_becomes_an_address(pasted: str, url: str) -> None:
    assert resolve(pasted).url == url


@pytest.mark.parametrize("url", sorted({url for _, url in PASTED}))
def test_an_address_read_again_is_the_same(url: str) -> None:
    assert resolve(url).url == url


def test_nothing_but_the_pasted_text_decides_the_kind() -> None:
    assert resolve("host:7860") == Address("http://host:7860")


@pytest.mark.parametrize(
    ("pasted", "limit_s"),
    [
        ("https://0123abcd.gradio.live", 55.0),
        ("https://abc-7860.proxy.runpod.net", 95.0),
        ("https://abc.ngrok-free.app", 95.0),
        ("https://abc.trycloudflare.com", 95.0),
        ("https://painting.example.org", 95.0),
        ("https://8.8.8.8", 95.0),
        ("http://8.8.8.8:7860", None),
        ("http://192.168.0.24:7860", None),
        ("http://127.0.0.1:7860", None),
        ("https://192.168.0.24", None),
        ("https://atelier.local", None),
        ("https://localhost:7860", None),
        ("https://not-gradio.live.example.org", 95.0),
    ],
)
def test_an_answer_has_to_come_before_a_proxy_on_the_way_gives_up(pasted: str, limit_s: float | None) -> None:
    assert resolve(pasted).limit_s == limit_s


def test_credentials_are_taken_out_of_the_address() -> None:
    address = resolve("https://staff:p%40ss%3Aword@abc.ngrok-free.app/docs")
    assert address.url == "https://abc.ngrok-free.app"
    assert address.login == Login("staff", "p@ss:word")
    assert "p@ss" not in repr(address)


def test_a_user_may_have_no_password() -> None:
    assert resolve("http://staff@host:7860").login == Login("staff", "")


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "   ",
        "''",
        "hello",
        "two words",
        "안녕하세요",
        "7860",
        "ftp://host:7860",
        "ws://host:7860",
        "http://",
        "http:///docs",
        "http://host:port",
        "http://host:99999",
        "http://[::1",
        "http://[not-an-address]:7860",
        "http://999.1.1.1:7860",
        "http://a..b:7860",
        "http://-host-:7860",
        "http://user:secret@",
        "http://ho%20st:7860",
        "host:7860\0",
        "http://" + "a" * 64 + ".org",
        "http://host/" + "a" * 2000,
    ],
)
def test_what_is_no_address_is_refused(pasted: str) -> None:
    with pytest.raises(ServerRefused) as refused:
        resolve(pasted)
    assert refused.value.code == "server-address"
    assert "secret" not in refused.value.sentence


@given(st.text(max_size=60) | st.from_regex(r"https?://[^\n]{0,40}", fullmatch=True))
def test_any_text_is_an_address_or_refused(pasted: str) -> None:
    try:
        address = resolve(pasted)
    except ServerRefused:
        return
    assert address.url.startswith(("http://", "https://"))
    assert not address.url.endswith("/")
    assert "@" not in address.url.split("/")[2]
    assert resolve(address.url).url == address.url
