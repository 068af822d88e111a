"""Extensions of other packages are found through their entry points."""

import pytest

from lif_nlp.errors import ConfigError
from lif_nlp.plugins import load_plugins, plugin_versions

GROUP = "lif_nlp.test_group"


def test_what_a_package_offers_is_loaded_by_name(install_package):
    install_package("ours", {"b": "ours:SECOND", "a": "ours:FIRST"}, GROUP, "FIRST, SECOND = 1, 2")
    assert list(load_plugins(GROUP).items()) == [("a", 1), ("b", 2)]


def test_what_is_offered_is_listed_without_loading_it(install_package):
    install_package("broken", {"a": "broken:FIRST"}, GROUP, "import no_such_module")
    assert plugin_versions(GROUP) == ("a = broken:FIRST (broken 1.0)",)


def test_a_package_that_cannot_be_imported_is_named(install_package):
    install_package("broken", {"a": "broken:FIRST"}, GROUP, "import no_such_module")
    with pytest.raises(
        ConfigError,
        match=r"plugin 'a' \(broken:FIRST\) of the package broken cannot be loaded: "
        r"ModuleNotFoundError: .*no_such_module.*; repair or uninstall",
    ):
        load_plugins(GROUP)


def test_an_object_that_is_missing_is_named(install_package):
    install_package("ours", {"a": "ours:MISSING"}, GROUP, "FIRST = 1")
    with pytest.raises(ConfigError, match=r"'a' \(ours:MISSING\).* AttributeError"):
        load_plugins(GROUP)


def test_two_packages_may_not_offer_one_name(install_package):
    install_package("ours", {"a": "ours:FIRST"}, GROUP, "FIRST = 1")
    install_package("theirs", {"a": "theirs:FIRST"}, GROUP, "FIRST = 2")
    with pytest.raises(ConfigError, match=r"offer 'a' in .*: ours and theirs; uninstall one"):
        load_plugins(GROUP)
