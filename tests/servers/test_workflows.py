import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers.workflow_desk import HOUSE, STYLES, written

from articket.adapters.servers.workflow_files import load_workflows
from articket.adapters.servers.workflows import Workflow, leading_to, link_of


@pytest.fixture
def portrait() -> Workflow:
    return load_workflows([HOUSE], STYLES).usual


def test_the_houses_workflow_leaves_pictures_in_comfyuis_temporary_folder_only(portrait: Workflow) -> None:
    kinds = {node["class_type"] for node in portrait.graph.values()}
    assert "PreviewImage" in kinds
    assert "SaveImage" not in kinds


@given(text=st.text(), seed=st.integers(0, 2**64 - 1))
def test_values_come_into_the_graph_as_they_are_and_change_no_other_text(text: str, seed: int) -> None:
    workflow = load_workflows([HOUSE]).usual
    before = copy.deepcopy(workflow.graph)
    filled = workflow.fill({"positive": text, "seed": seed}, controlled=True)
    assert filled["3"]["inputs"]["text"] == text
    assert filled["9"]["inputs"]["seed"] == seed
    filled["3"]["inputs"]["text"] = before["3"]["inputs"]["text"]
    filled["9"]["inputs"]["seed"] = before["9"]["inputs"]["seed"]
    assert filled == before == workflow.graph


def test_a_role_may_fill_several_nodes(tmp_path: Path) -> None:
    def twice(graph: dict[str, Any], roles: dict[str, Any]) -> None:
        graph["3"]["inputs"]["text_l"] = ""
        roles["positive"] = ["3.text", "3.text_l"]

    filled = load_workflows([written(tmp_path, twice)]).usual.fill({"positive": "a cat"})
    assert (filled["3"]["inputs"]["text"], filled["3"]["inputs"]["text_l"]) == ("a cat", "a cat")


def test_a_role_that_the_workflow_lacks_is_passed_over(portrait: Workflow) -> None:
    assert portrait.fill({"width": 512, "height": 768}) == portrait.fill({})


def test_loras_stand_in_a_chain_between_the_model_and_all_who_use_it(portrait: Workflow) -> None:
    filled = portrait.fill({}, [("one.safetensors", 0.8), ("two.safetensors", -0.5)])
    first, second = filled["articket-lora-0"]["inputs"], filled["articket-lora-1"]["inputs"]
    assert (first["model"], first["clip"]) == (["1", 0], ["1", 1])
    assert (second["model"], second["clip"]) == (["articket-lora-0", 0], ["articket-lora-0", 1])
    assert (second["lora_name"], second["strength_model"], second["strength_clip"]) == (
        "two.safetensors",
        -0.5,
        -0.5,
    )
    assert filled["9"]["inputs"]["model"] == ["articket-lora-1", 0]
    assert filled["3"]["inputs"]["clip"] == filled["4"]["inputs"]["clip"] == ["articket-lora-1", 1]
    assert filled["8"]["inputs"]["vae"] == filled["10"]["inputs"]["vae"] == ["1", 2]


def test_without_loras_the_model_goes_straight_to_those_who_use_it(portrait: Workflow) -> None:
    assert portrait.fill({})["9"]["inputs"]["model"] == ["1", 0]


def test_loras_are_passed_over_where_the_workflow_has_no_place_for_them(tmp_path: Path) -> None:
    workflow = load_workflows([written(tmp_path, lambda _, roles: roles.pop("loras"))]).usual
    assert workflow.fill({}, [("one.safetensors", 0.8)]) == workflow.fill({})


def test_a_controlnet_is_left_out_with_all_it_needs_unless_it_is_asked_for(portrait: Workflow) -> None:
    without = portrait.fill({})
    assert without["9"]["inputs"]["positive"] == ["3", 0]
    assert without["9"]["inputs"]["negative"] == ["4", 0]
    assert not {"5", "6", "7"} & without.keys()
    asked = portrait.fill({"controlnet": "canny.pth", "controlnet_weight": 0.4}, controlled=True)
    assert asked["6"]["inputs"]["control_net_name"] == "canny.pth"
    assert asked["7"]["inputs"]["strength"] == 0.4
    assert asked["9"]["inputs"]["positive"] == ["7", 0]


def test_a_simple_controlnet_hands_on_its_one_conditioning(tmp_path: Path) -> None:
    def simple(graph: dict[str, Any], _: dict[str, Any]) -> None:
        graph["7"] = {
            "class_type": "ControlNetApply",
            "inputs": {
                "conditioning": ["3", 0],
                "control_net": ["6", 0],
                "image": ["5", 0],
                "strength": 1.0,
            },
        }
        graph["9"]["inputs"]["negative"] = ["4", 0]

    filled = load_workflows([written(tmp_path, simple)]).usual.fill({})
    assert filled["9"]["inputs"]["positive"] == ["3", 0]


def test_nodes_that_do_not_lead_to_the_output_are_not_sent(tmp_path: Path) -> None:
    def curious(graph: dict[str, Any], _: dict[str, Any]) -> None:
        graph["12"] = {
            "class_type": "SaveImage",
            "inputs": {"images": ["2", 0], "filename_prefix": "visitors"},
        }

    assert "12" not in load_workflows([written(tmp_path, curious)]).usual.fill({})


def test_an_output_that_names_its_files_gets_the_paintings_own_name(tmp_path: Path) -> None:
    def saving(graph: dict[str, Any], _: dict[str, Any]) -> None:
        graph["11"] = {
            "class_type": "SaveImage",
            "inputs": {"images": ["10", 0], "filename_prefix": "ComfyUI"},
        }

    workflow = load_workflows([written(tmp_path, saving)]).usual
    assert workflow.fill({}, prefix="articket-7")["11"]["inputs"]["filename_prefix"] == "articket-7"


@pytest.mark.parametrize("loras", [[], [("a", 1.0)], [("a", 1.0), ("b", 0.5)]])
@pytest.mark.parametrize("controlled", [True, False])
def test_every_link_of_a_filled_graph_leads_to_a_node_of_it(
    portrait: Workflow, loras: list[tuple[str, float]], *, controlled: bool
) -> None:
    filled = portrait.fill({}, loras, controlled=controlled)
    links = [
        link for node in filled.values() for value in node["inputs"].values() if (link := link_of(value))
    ]
    assert links
    assert all(node in filled for node, _ in links)
    assert set(leading_to(filled, portrait.output)) == filled.keys()
