"""The house stays small and its walls stand."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "audio").rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_sizes(module: Path) -> None:
    """A module has at most 300 lines and a function at most 60."""
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


DOORS = {
    "aiohttp": {"engines/edge.py"},
    "apprise": {"newsroom/watch.py"},
    "certifi": {"readers/fetch/transfer.py"},
    "distributed": {"newsroom/crew.py"},
    "edge_tts": {"engines/edge.py"},
    "espeakng_loader": {"engines/espeak.py", "engines/espeak_worker.py"},
    "feedparser": {"readers/feed.py"},
    "filelock": {"newsroom/lock.py"},
    "ftfy": {"readers/decode.py"},
    "gtts": {"engines/gtts.py"},
    "jinja2": {"podcast/page.py"},
    "lameenc": {"sound/encode.py"},
    "lxml": {"readers/html/tree.py", "readers/markup.py", "readers/package.py"},
    "markupsafe": {"podcast/page.py"},
    "mutagen": {"sound/tags.py"},
    "obstore": {"store.py"},
    "onnxruntime": {"engines/piper.py"},
    "PIL": {"podcast/check_links.py", "podcast/cover.py"},
    "piper": {"engines/piper.py"},
    "platformdirs": {"engines/piper_voices.py", "pipeline.py"},
    "pydub": {"sound/clips.py"},
    "pypdfium2": {"readers/pdf/__init__.py"},
    "requests": {"engines/wire.py", "podcast/web.py"},
    "rich": {"cli/screen.py"},
    "segno": {"podcast/page.py"},
    "snowballstemmer": {"newsroom/words.py"},
    "soundfile": {"pcm.py"},
    "soxr": {"pcm.py"},
    "sqlite3": {"newsroom/seen.py"},
    "starlette": {"podcast/serve.py", "podcast/static.py"},
    "trafilatura": {"readers/html/body.py"},
    "typer": {"cli/"},
    "urllib3": {"readers/fetch/__init__.py", "readers/fetch/transfer.py"},
    "uvicorn": {"podcast/serve.py"},
    "yaml": {"readers/markdown/__init__.py", "settings.py"},
}


def test_one_door_per_dependency() -> None:
    """A library is imported only where it has its door, so that a change of library has one address."""
    found: dict[str, set[str]] = {}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                top = name.split(".")[0]
                if top in DOORS:
                    found.setdefault(top, set()).add(module.relative_to(ROOT / "audio").as_posix())
    strays = {
        name: place
        for name, places in found.items()
        for place in places
        if not any(place == door or (door.endswith("/") and place.startswith(door)) for door in DOORS[name])
    }
    assert not strays


def test_help_loads_nothing_heavy() -> None:
    """`notiziario --help` imports no engine, no numpy and no network library."""
    code = (
        "import sys; sys.argv=['notiziario','--help']\n"
        "from audio.cli import main\n"
        "try: main()\n"
        "except SystemExit as e: assert not e.code\n"
        "print(' '.join(sys.modules), file=sys.stderr)"
    )
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=bare, check=True)
    loaded = {name.split(".")[0] for name in run.stderr.split()} | set(run.stderr.split())
    heavy = {"numpy", "gtts", "requests", "urllib3", "http.client", "pydub", "lameenc", "soundfile", "soxr", "mutagen"}
    heavy |= {"jinja2", "PIL", "sqlite3", "lxml", "trafilatura"}
    assert not loaded & (heavy | {"yaml", "espeakng_loader", "audio.engines", "audio.sound", "audio.italian"})
    assert "make" in run.stdout


def test_wheel_owns_one_name(tmp_path: Path) -> None:
    """The wheel's only top-level name is `audio`, and its data comes with it."""
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "-q",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {n.split("/")[0] for n in names if ".dist-info/" not in n} == {"audio"}
    assert "audio/assets/cover.jpg" in names
    assert {"audio/assets/cover.otf", "audio/podcast/templates/page.js"} <= set(names)
    assert any(n.startswith("audio/italian/data/") for n in names)


def test_broad_handlers() -> None:
    """One place in the program catches everything: the command line's own end."""
    broad = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert len(broad) == 1
    assert "cli/__init__.py" in broad[0]


def test_pins_hold_what_is_asked() -> None:
    """Each dependency of the project is pinned with hashes, and no registry's address stands in the pins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, asked in (("run", project["dependencies"]), ("test", project["optional-dependencies"]["test"])):
        pins = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        for requirement in asked:
            distribution = re.split(r"[\[><=;]", requirement)[0].strip().lower()
            assert f"\n{distribution}==" in f"\n{pins.lower()}", requirement
        assert "://" not in pins


def test_generated_pages_are_up_to_date() -> None:
    """The references of settings and commands say what the code says."""
    check = [sys.executable, str(ROOT / "scripts" / "make_docs.py"), "--check"]
    run = subprocess.run(check, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()


def test_readme_is_short() -> None:
    """The README stays within 120 lines and its links lead somewhere."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target


FORBIDDEN_CALLS = {
    *("eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.spawnl", "os.spawnv", "os.execv"),
    *("subprocess.getoutput", "subprocess.getstatusoutput", "asyncio.create_subprocess_shell", "tempfile.mktemp"),
    *("yaml.load", "yaml.unsafe_load", "yaml.full_load", "yaml.load_all", "ssl._create_unverified_context"),
    *("marshal.loads", "shelve.open", "urllib3.disable_warnings"),
}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "telnetlib", "ftplib"}


def _dangers(tree: ast.AST) -> list[tuple[int, str]]:
    """Return (line, what stands there) of everything that runs, unpacks or trusts what it is given."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            found += [(node.lineno, name) for name in names if name.split(".")[0] in FORBIDDEN_MODULES]
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in FORBIDDEN_CALLS:
                found.append((node.lineno, name))
            for keyword in node.keywords:
                said = f"{keyword.arg}={ast.unparse(keyword.value)}"
                trusting = {"shell=True", "verify=False", "check_hostname=False", "cert_reqs='CERT_NONE'"}
                if said in trusting or keyword.arg == "shell":
                    found.append((node.lineno, said))
        elif isinstance(node, ast.Attribute) and node.attr in {"CERT_NONE", "_create_unverified_context"}:
            found.append((node.lineno, node.attr))
    return found


def test_nothing_runs_unpacks_or_trusts_blindly() -> None:
    """No shell, no evaluated text, no pickle, no unsafe YAML, no guessable file name, no unchecked certificate."""
    programs = [*MODULES, *(ROOT / "scripts").glob("*.py"), ROOT / "tts.py"]
    strays = {
        f"{program.relative_to(ROOT)}:{line}": what
        for program in programs
        for line, what in _dangers(ast.parse(program.read_text(encoding="utf-8")))
    }
    assert not strays


@pytest.mark.parametrize(
    "code",
    [
        "subprocess.run('ls', shell=True)",
        "requests.get(u, verify=False)",
        "import pickle",
        "yaml.load(x)",
        "eval(x)",
        "tempfile.mktemp()",
        "context.verify_mode = ssl.CERT_NONE",
    ],
)
def test_what_is_blind_is_seen(code: str) -> None:
    """The check above sees what it forbids."""
    assert _dangers(ast.parse(code))


def test_workflows_may_only_read() -> None:
    """Each workflow names its rights, none writes, and no action is taken from a branch."""
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = workflow.read_text(encoding="utf-8")
        assert "permissions:\n  contents: read\n" in text
        assert ": write" not in text
        used = re.findall(r"uses: (\S+)", text)
        assert all(re.fullmatch(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})", one) for one in used)
