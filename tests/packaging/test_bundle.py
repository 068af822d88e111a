"""A bundle holds what its platform needs, says so, and is refused when something is missing."""

import csv
import hashlib
import io
import json
import sys
import zipfile

import pytest

from tests.packaging.conftest import ROOT


@pytest.fixture(scope="module")
def bundle():
    """The script, as a module that finds its neighbour."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import bundle

    yield bundle
    sys.path.remove(str(ROOT / "scripts"))


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


def faults(bundle, wheels, *, platform="windows", excluded=frozenset()):
    return list(bundle.find_faults(wheels, bundle.TARGETS[platform], "3.12", excluded=excluded))


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
    assert faults(bundle, [own, wheel("pandas")], excluded=frozenset({"torch"})) == [
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
    bundle.write_texts(folder, [own], bundle.TARGETS[platform], "3.12")
    script = (folder / start).read_bytes().decode("ascii")
    assert "--no-index --no-deps --require-hashes" in script
    assert ("\r\n" in script) == (platform == "windows")
    assert "3.12" in script and "{" not in script.replace("|| {", "").replace("{ rm", "")
    listed = (folder / "requirements.txt").read_text("utf-8")
    assert listed == f"lif-nlp==1.0 --hash=sha256:{own.sha256}\n"
    assert start.partition(".")[0] in (folder / "README.txt").read_text("utf-8")


def test_the_small_bundle_leaves_out_torch_and_what_brings_it(bundle):
    assert {"torch", "sentence-transformers"} <= bundle.excluded(whole=False)
    assert bundle.excluded(whole=True) == frozenset()
