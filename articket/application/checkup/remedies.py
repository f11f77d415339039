"""What an organiser does about a fault, by its code."""

from collections.abc import Mapping
from typing import Final

from articket.domain.faults import Fault

LOOK_AGAIN: Final = "Run this check again; if it stays, the server's own terminal says more."

REMEDIES: Final[Mapping[str, str]] = {
    "server-address": "Write it like http://192.168.0.24:7860 or https://user:password@paint.example.org.",
    "painter-unreachable": (
        "Start the server (A1111: with --api --listen) and see that this machine reaches its address: same "
        "network, no firewall between, the rental or tunnel still there."
    ),
    "painter-no-api": (
        "Start A1111 with --api, and name the address of its API: port 7860, with --nowebui 7861."
    ),
    "painter-locked": (
        "Put its user and password into the address, https://user:password@host; A1111's are those of "
        "--api-auth."
    ),
    "painter-unsupported": "Run A1111, Forge, reForge or ComfyUI there.",
    "painter-slow": "It may still load its model: look at its terminal, and check again when it is done.",
    "painter-busy": "Others are using it: wait until it is free, or rent one that is yours alone.",
    "painter-out-of-memory": "Restart it to free its memory; --medvram or a larger card helps as well.",
    "painter-crashed": "Read its terminal and restart it; against NaN errors start it with --no-half-vae.",
    "painter-answer-broken": (
        "Open the server's own page, choose the styles' model and sampler, and paint once: the reason shows "
        "there."
    ),
    "painter-order-refused": "Update the server: it does not know what a painting asks for.",
    "painter-model-missing": "Put the model where the server looks for it, and let it refresh its list.",
    "printer-folder-gone": "Plug its disk in, make the folder, or mend its name in ARTICKET_PRINTER.",
    "printer-folder-full": "Make room on the print folder's disk.",
    "printer-folder-locked": "Let the user who runs the booth write into the print folder.",
    "store-full": "Make room on the disk, or point ARTICKET_DATA_DIR to a larger one.",
    "store-unwritable": "Let the user who runs the booth write there, or choose another ARTICKET_DATA_DIR.",
    "store-unreachable": "See that the store can be reached from this machine.",
    "store-credentials-missing": (
        "Download a service account's key file, or sign in with gcloud auth application-default login; "
        "GOOGLE_APPLICATION_CREDENTIALS names the file."
    ),
    "store-credentials-wrong": "Renew the key file, and see that this machine's clock is right.",
    "store-bucket-missing": "Make the bucket, or mend its name in ARTICKET_STORE.",
    "store-forbidden": "Give the service account the role Storage Object User on the bucket.",
    "store-keeps": (
        "Give the service account the role Storage Object User on the bucket, and see that no retention "
        "policy and no hold keeps files there."
    ),
}


def remedy(fault: Fault) -> str:
    """Return what to do about a fault."""
    if fault.params.get("software") == "ComfyUI":
        return "Mend the workflow that it should paint by; docs/comfyui.md says how."
    return REMEDIES.get(fault.code, LOOK_AGAIN)
