from articket.adapters.experiences.loader import load_experience
from articket.adapters.experiences.sheet import PackFault
from articket.adapters.experiences.styles import Known

__all__ = ["Known", "PackFault", "load_experience"]
