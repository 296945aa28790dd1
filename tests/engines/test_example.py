"""The engine of examples/engine-plugin keeps the contract and installs, so that who starts from it starts right."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from engines.contract import EngineContract

from audio.engines.base import Engine

pytestmark = pytest.mark.usefixtures("unwatched_children")

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "examples" / "engine-plugin" / "notiziario_melodia.py"


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


def test_it_installs_and_reads_a_bulletin(tmp_path: Path) -> None:
    """Its two files are a package: pip installs it, `voices` lists it, and it reads a whole bulletin."""
    assert sorted(path.name for path in PLUGIN.parent.iterdir() if path.is_file()) == [PLUGIN.name, "pyproject.toml"]
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--target", str(site), str(PLUGIN.parent)], check=True, capture_output=True)
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{site}", "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "audio", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True, timeout=120)

    (offer,) = json.loads(run("voices", "--json", "--engine", "melodia").stdout)
    assert (offer["id"], offer["missing"], offer["offline"]) == ("flauto", "", True)
    (tmp_path / "breve.txt").write_text(
        "Ponte chiuso\n\nIl ponte è chiuso da ieri. Riapre domenica.\n", encoding="utf-8"
    )
    made = run("make", "--engine", "melodia", "breve.txt", "-o", "b.mp3")
    assert made.stderr == "spoken by melodia (voice flauto)\n"
    assert (tmp_path / "b.mp3").stat().st_size > 50_000
