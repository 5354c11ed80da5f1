"""The name that a site's indexes begin with."""

import pytest

from config.environment import index_prefix


@pytest.mark.parametrize("name", ["samagt", "samagt-prov", "s", "a1_b"])
def test_a_name_that_a_server_takes(name):
    assert index_prefix(name) == name


@pytest.mark.parametrize("name", ["Samagt", "1a", "-a", "a b", "å", "a*", "a" * 41, "a,b"])
def test_what_a_server_would_refuse(name):
    with pytest.raises(ValueError, match="lower-case word"):
        index_prefix(name)
