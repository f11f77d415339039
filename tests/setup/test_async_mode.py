import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVERS = {"SocketIO", "Server"}
PROBE = """
import sys
from flask import Flask
from flask_socketio import SocketIO
app = Flask("probe")
live = SocketIO(app, async_mode="threading")
assert live.test_client(app).is_connected()
assert not [name for name in sys.modules if name.startswith(("eventlet", "gevent"))]
"""


def test_eventlet_being_installed_changes_nothing_where_the_mode_is_set() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROBE], check=False, timeout=60)
    assert done.returncode == 0


def test_every_socket_server_names_its_mode() -> None:
    for path in sorted((ROOT / "articket").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = (
                getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            )
            if isinstance(node, ast.Call) and name in SERVERS and "socketio" in path.read_text("utf-8"):
                assert "async_mode" in {word.arg for word in node.keywords}, f"{path}:{node.lineno}"
