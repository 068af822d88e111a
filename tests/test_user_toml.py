"""A file that somebody wrote by hand is read, or its fault is named in one line."""

import pytest

from lif_nlp.errors import ConfigError
from lif_nlp.user_toml import TomlFaultError, read_column_roles, read_settings_file, read_toml

FAULTS = {
    b'name = "caf\xe9"': "is not UTF-8 text; save it as plain text with encoding UTF-8",
    b"name = Ours": "is not valid TOML: .*line 1.*; look there for a missing quote",
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ours.toml"


def test_a_byte_order_mark_is_ignored(path):
    path.write_bytes(b'\xef\xbb\xbfname = "Ours"\n')
    assert read_toml(path) == {"name": "Ours"}


@pytest.mark.parametrize("content", FAULTS)
def test_a_fault_is_named_with_what_to_do(path, content):
    path.write_bytes(content)
    with pytest.raises(TomlFaultError, match=FAULTS[content]):
        read_toml(path)


def test_brackets_too_deep_to_read_are_a_fault(path):
    path.write_text("a = " + "[" * 5_000, encoding="utf-8")
    with pytest.raises(TomlFaultError, match="too deep to read"):
        read_toml(path)


def test_a_file_of_settings_is_named_with_its_fault(path):
    with pytest.raises(ConfigError) as caught:
        read_settings_file(path)
    fault = "cannot be opened (No such file or directory); check the path of the file"
    assert str(caught.value) == f"{path}: {fault}"


def test_roles_are_read_by_column_name(path):
    path.write_text('[columns]\n"Box 1" = "action"\n"Box 2" = "other"\n', encoding="utf-8")
    assert read_column_roles(path, ["action"]) == {"Box 1": "action", "Box 2": "other"}
    assert read_column_roles(None, ["action"]) == {}


def test_a_role_that_does_not_exist_is_named_with_those_that_do(path):
    path.write_text('[columns]\n"Box 1" = "deed"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_column_roles(path, ["action", "owner"])
    allowed = "use one of: action, other, owner"
    assert str(caught.value) == f"{path}: columns.Box 1 = 'deed'; {allowed}"
