"""The engine of examples/engine-plugin keeps the contract, so that who starts from it starts right."""

import importlib.util
from pathlib import Path

import pytest
from engines.contract import EngineContract

from audio.engines.base import Engine

PLUGIN = Path(__file__).parents[2] / "examples" / "engine-plugin" / "notiziario_melodia.py"


class TestExample(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        spec = importlib.util.spec_from_file_location("notiziario_melodia", PLUGIN)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        engine: Engine = module.Melodia()
        return engine
