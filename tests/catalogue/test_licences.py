"""What a licence says."""

import pytest

from catalogue import licences


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("", licences.UNKNOWN),
        ("   ", licences.UNKNOWN),
        ("EUPL-1.2", licences.OPEN),
        ("AGPL-3.0-only", licences.OPEN),
        ("GPL-2", licences.OPEN),
        ("mit", licences.OPEN),
        ("CC-BY-4.0", licences.OPEN),
        ("CC-BY-SA-4.0", licences.OPEN),
        ("CC-BY-NC-4.0", licences.CLOSED),
        ("CC-BY-NC-SA-4.0", licences.CLOSED),
        ("CC-BY-ND-4.0", licences.CLOSED),
        ("BUSL-1.1", licences.CLOSED),
        ("LicenseRef-avtal", licences.CLOSED),
        ("Enligt avtal", licences.CLOSED),
        ("MITT-eget", licences.CLOSED),
        ("LicenseRef-avtal OR EUPL-1.2", licences.OPEN),
        ("(MIT AND Apache-2.0)", licences.OPEN),
    ],
)
def test_kind(licence, expected):
    assert licences.kind(licence) == expected


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("EUPL-1.2", "https://spdx.org/licenses/EUPL-1.2.html"),
        ("eupl-1.2", "https://spdx.org/licenses/EUPL-1.2.html"),
        ("GPL-2", ""),
        ("MIT OR EUPL-1.2", ""),
        ("LicenseRef-avtal", ""),
        ("Enligt avtal", ""),
        ("", ""),
    ],
)
def test_spdx_url(licence, expected):
    assert licences.spdx_url(licence) == expected
