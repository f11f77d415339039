"""What staff read of a server's words."""

from articket.adapters.servers.complaints import shown
from articket.domain.fleet.server import Address, Login

HERE = Address("http://127.0.0.1:7860", login=Login("atelier", "sesame"))


def test_a_servers_words_are_one_short_line_without_pictures_or_credentials() -> None:
    words = f"bad\nimage data:image/png;base64,{'iVBORw0KGgo' * 40} or {'QUJD' * 50} for atelier:sesame"
    assert shown(words, HERE) == "bad image … or … for …:…"
    assert len(shown("word " * 1000, HERE)) == 200
