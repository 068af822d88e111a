"""A bundle holds what its platform needs, says so, and is refused when something is missing."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest

from tests.packaging.conftest import clean


@pytest.fixture
def bundle(script):
    """The script, as a module."""
    return script("bundle")


@pytest.fixture
def wheel(bundle, tmp_path):
    """A function that makes a wheel with some metadata and gives its record."""

    def make(name, *, tag="py3-none-any", requires=(), lines=()):
        path = tmp_path / f"{name.replace('-', '_')}-1.0-{tag}.whl"
        facts = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *lines]
        facts += [f"Requires-Dist: {line}" for line in requires]
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{name.replace('-', '_')}-1.0.dist-info/METADATA", "\n".join(facts))
        return bundle.read_wheel(path)

    return make


def faults(bundle, wheels, *, platform="windows", **parts):
    chosen = bundle.Parts(**{name: frozenset(given) for name, given in parts.items()})
    return list(bundle.find_faults(wheels, bundle.TARGETS[platform], "3.12", chosen))


def test_conditions_are_those_of_the_platform_it_is_built_for(bundle, wheel):
    own = wheel("lif-nlp", requires=["colorama; sys_platform == 'win32'", "uvloop; extra == 'x'"])
    assert faults(bundle, [own], platform="linux") == []
    assert faults(bundle, [own]) == [
        'lif-nlp needs colorama; sys_platform == "win32", which is not there'
    ]
    assert faults(bundle, [own, wheel("colorama")]) == []


@pytest.mark.parametrize(
    ("tag", "platform", "fits"),
    [
        ("cp312-cp312-win_amd64", "windows", True),
        ("cp39-abi3-win_amd64", "windows", True),
        ("cp312-cp312-win32", "windows", False),
        ("cp311-cp311-win_amd64", "windows", False),
        ("cp312-cp312-manylinux_2_28_x86_64", "linux", True),
        ("cp312-cp312-manylinux_2_34_x86_64", "linux", False),
        ("cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64", "windows", False),
        ("py3-none-any", "macos", True),
        ("cp312-cp312-macosx_11_0_arm64", "macos", True),
    ],
)
def test_a_wheel_of_another_platform_is_a_fault(bundle, wheel, tag, platform, fits):
    assert (faults(bundle, [wheel("lxml", tag=tag)], platform=platform) == []) == fits


def test_a_version_that_is_not_wanted_is_a_fault_and_what_is_left_out_is_none(bundle, wheel):
    own = wheel("lif-nlp", requires=["pandas>=2", "torch"])
    assert faults(bundle, [own, wheel("pandas")], excluded={"torch"}) == [
        "lif-nlp needs pandas>=2, and 1.0 is there"
    ]


def test_licences_hashes_and_bill_of_materials_name_every_package(bundle, wheel, tmp_path):
    wheels = [
        wheel("lif-nlp", lines=["License-Expression: MIT"]),
        wheel("other", lines=["License: The whole\n        text of it",
                              "Classifier: License :: OSI Approved :: BSD License"]),
        wheel("third"),
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(bundle.licences(wheels))))
    assert [(row["package"], row["licence"]) for row in rows] == [
        ("lif-nlp", "MIT"), ("other", "BSD License"), ("third", "not stated"),
    ]  # fmt: skip
    bill = json.loads(bundle.sbom(wheels))
    assert bill == json.loads(bundle.sbom(wheels))
    assert bill["metadata"]["component"]["purl"] == "pkg:pypi/lif-nlp@1.0"
    assert [one["name"] for one in bill["components"]] == ["other", "third"]
    assert bill["components"][0]["hashes"][0]["content"] == wheels[1].sha256
    sums = dict(line.split("  ")[::-1] for line in bundle.sha256sums(tmp_path).splitlines())
    for path in tmp_path.iterdir():
        assert sums[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("platform", "start"), [("windows", "start.cmd"), ("linux", "start.sh")])
def test_the_start_script_and_the_hashed_list_are_written(bundle, wheel, tmp_path, platform, start):
    own, folder = wheel("lif-nlp"), tmp_path / "bundle"
    folder.mkdir()
    bundle.write_texts(folder, [own], bundle.TARGETS[platform], "3.12", with_notebooks=True)
    script = (folder / start).read_bytes().decode("ascii")
    assert "--no-index --no-deps --require-hashes" in script
    assert ("\r\n" in script) == (platform == "windows")
    assert "finish.py" in script and (folder / "finish.py").is_file()
    assert "3.12" in script and "{" not in script.replace("|| {", "").replace("{ rm", "")
    listed = (folder / "requirements.txt").read_text("utf-8")
    assert listed == f"lif-nlp==1.0 --hash=sha256:{own.sha256}\n"
    told = (folder / "README.txt").read_text("utf-8")
    assert start.partition(".")[0] in told and "jupyter lab my-notebooks" in told


def test_an_extra_is_needed_of_lif_nlp_alone(bundle, wheel):
    own = wheel("lif-nlp", requires=["python-pptx; extra == 'slides'"])
    other = wheel("other", requires=["sphinx; extra == 'slides'"])
    assert faults(bundle, [own, other]) == []
    assert faults(bundle, [own, other], extras={"slides"}) == [
        'lif-nlp needs python-pptx; extra == "slides", which is not there'
    ]


def test_extras_that_a_package_asks_of_another_are_followed(bundle, wheel):
    own = wheel("lif-nlp", requires=["bleach[css]; extra == 'notebook'"])
    bleach = wheel("bleach", requires=["tinycss2; extra == 'css'"])
    assert faults(bundle, [own, bleach]) == []
    assert faults(bundle, [own, bleach], extras={"notebook"}) == [
        'bleach needs tinycss2; extra == "css", which is not there'
    ]


def test_what_is_never_used_goes_once_it_is_installed(bundle, tmp_path):
    import bundle_finish

    gone = (
        "pandas/tests/test_a.py",
        "scipy/stats/tests/b.py",
        "phonenumbers/geodata/d.py",
        "a/c.pyx",
    )
    kept = (
        "pandas/testing.py",
        "numpy/_core/tests/e.py",
        "phonenumbers/data/f.py",
        "scipy/stats/g.py",
    )
    for name in (*gone, *kept):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1\n", encoding="utf-8")
    bundle_finish.trim(tmp_path)
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == set(kept)


def test_without_torch_every_python_of_the_environment_has_the_profile_fast(bundle, tmp_path):
    import bundle_finish

    bundle_finish.choose_profile(tmp_path)
    [line] = (tmp_path / "lif_nlp_profile.pth").read_text("utf-8").splitlines()
    code = f"{line}; print(os.environ['LIF_PROFILE'])"
    for given, told in (("", "accurate"), ("fast", "fast")):
        chosen = {} if given else {"LIF_PROFILE": "accurate"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=clean() | chosen, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        assert done.stdout.strip() == told
    (tmp_path / "whole" / "torch").mkdir(parents=True)
    bundle_finish.choose_profile(tmp_path / "whole")
    assert not (tmp_path / "whole" / "lif_nlp_profile.pth").exists()


def test_the_small_bundle_leaves_out_torch_what_brings_it_and_parquet(bundle):
    assert {"torch", "sentence-transformers", "pyarrow"} <= bundle.excluded(whole=False)
    assert bundle.excluded(whole=True) == frozenset()
