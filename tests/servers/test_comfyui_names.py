import pytest

from articket.adapters.servers.comfyui_names import SAMPLERS, known_as, sampler_of


@pytest.mark.parametrize(
    ("sampler", "scheduler", "names"),
    [
        ("DPM++ 2M", "Karras", ("dpmpp_2m", "karras")),
        ("DPM++ 2M Karras", "Automatic", ("dpmpp_2m", "karras")),
        ("DPM++ 2M SDE Exponential", "", ("dpmpp_2m_sde", "exponential")),
        ("DPM++ 2M", "Automatic", ("dpmpp_2m", "karras")),
        ("DPM++ SDE", "SGM Uniform", ("dpmpp_sde", "sgm_uniform")),
        ("DPM++ 3M SDE", "Automatic", ("dpmpp_3m_sde", "exponential")),
        ("Euler a", "Automatic", ("euler_ancestral", "normal")),
        ("Euler", "Simple", ("euler", "simple")),
        ("Heun", "Beta", ("heun", "beta")),
        ("LMS", "Uniform", ("lms", "normal")),
        ("DDIM", "DDIM", ("ddim", "ddim_uniform")),
        ("UniPC", "Normal", ("uni_pc", "normal")),
        ("LCM", "KL Optimal", ("lcm", "kl_optimal")),
        ("dpmpp_2m", "karras", ("dpmpp_2m", "karras")),
        ("res_multistep", "linear_quadratic", ("res_multistep", "linear_quadratic")),
    ],
)
def test_samplers_and_schedulers_are_called_as_comfyui_calls_them(
    sampler: str, scheduler: str, names: tuple[str, str]
) -> None:
    assert sampler_of(sampler, scheduler) == names


@pytest.mark.parametrize("sampler", sorted(SAMPLERS))
def test_a_samplers_name_is_found_however_it_is_written(sampler: str) -> None:
    assert sampler_of(f" {sampler.upper()} ", "Automatic")[0] == SAMPLERS[sampler]


def test_a_servers_samplers_are_known_by_both_names() -> None:
    assert known_as(("euler", "dpmpp_2m", "res_multistep")) == (
        "DPM++ 2M",
        "Euler",
        "euler",
        "dpmpp_2m",
        "res_multistep",
    )
