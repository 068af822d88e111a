"""A workspace opens on network drives, in synchronised folders and on read-only shares."""

import shutil
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from lif_nlp.errors import StoreError
from lif_nlp.store import Store
from lif_nlp.store.connect import connect
from lif_nlp.store.folder_kind import folder_kind, is_network_path, is_synchronised


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (PureWindowsPath("C:/Users/ab/OneDrive - Vale Council/Documents/learning"), True),
        (PureWindowsPath("C:/Users/ab/OneDrive/learning"), True),
        (PurePosixPath("/Users/ab/Library/Mobile Documents/learning"), True),
        (PurePosixPath("/home/ab/Dropbox/learning"), True),
        (PureWindowsPath("C:/Users/ab/Documents/learning"), False),
        (PurePosixPath("/home/ab/boxes/learning"), False),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(path, expected):
    assert is_synchronised(path) == expected


@pytest.fixture
def mounts(tmp_path):
    """A list of mounts as Linux keeps it."""
    path = tmp_path / "mounts"
    path.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "//server/share /srv/child\\040safety cifs rw 0 0\n"
        "C:\\134 /mnt/c 9p rw 0 0\n"
        "/dev/sdb1 /srv/child\\040safety/local ext4 rw 0 0\n"
    )
    return path


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/home/ab/learning", "local"),
        ("/srv/child safety/learning", "network"),
        ("/srv/child safety/local/learning", "local"),
        ("/srv/child safety 2/learning", "local"),
        ("/mnt/c/learning", "network"),
        ("/home/ab/OneDrive/learning", "synchronised"),
    ],
)
def test_the_kind_of_a_folder_follows_its_mount(mounts, folder, expected):
    assert folder_kind(Path(folder), mounts=mounts) == expected


def test_a_share_is_a_network_path_and_a_drive_may_be_none():
    assert is_network_path(PureWindowsPath(r"\\server\share\learning"))
    assert not is_network_path(PureWindowsPath(r"C:\learning"))


def test_without_a_list_of_mounts_a_folder_is_local(tmp_path):
    assert folder_kind(Path("/volumes/x"), mounts=tmp_path / "none") == "local"


def journal(connection):
    [(name,)] = connection.execute("PRAGMA journal_mode").fetchall()
    connection.close()
    return name


@pytest.mark.parametrize(
    ("kind", "expected"), [("local", "wal"), ("network", "delete"), ("synchronised", "delete")]
)
def test_the_write_ahead_log_is_for_local_disks_only(tmp_path, kind, expected):
    assert journal(connect(tmp_path, kind=kind)) == expected


def test_a_workspace_that_moves_to_a_network_drive_changes_its_journal(tmp_path):
    connect(tmp_path, kind="local").close()
    assert journal(connect(tmp_path, kind="network")) == "delete"


def test_a_workspace_in_a_synchronised_folder_says_so(tmp_path):
    with Store(tmp_path / "OneDrive") as store:
        [remark] = store.remarks
    assert remark.startswith("the workspace is in a synchronised folder")
    assert not list((tmp_path / "OneDrive").glob("*-wal"))


@pytest.fixture
def unwritable(tmp_path):
    """A workspace beside which SQLite cannot make its files, as on a read-only share."""
    Store(tmp_path / "w").close()
    (tmp_path / "w" / "learning.db-shm").symlink_to("learning.db-shm")
    return tmp_path / "w"


def test_what_cannot_be_written_can_be_read(unwritable):
    with Store(unwritable) as store:
        assert len(store.frame("documents")) == 0
        assert store.remarks[-1].startswith("the workspace can only be read from here")
        with pytest.raises(StoreError, match="cannot be written"):
            store.set_note("a", "b")


def test_a_log_that_cannot_be_read_stops_the_reading(unwritable):
    shutil.copy(unwritable / "learning.db", unwritable / "learning.db-wal")
    with pytest.raises(StoreError, match="the workspace cannot be opened"):
        Store(unwritable)
