"""The letters of the Swedish counties, by SCB's county code."""

COUNTY_LETTERS = {
    "01": "AB",
    "03": "C",
    "04": "D",
    "05": "E",
    "06": "F",
    "07": "G",
    "08": "H",
    "09": "I",
    "10": "K",
    "12": "M",
    "13": "N",
    "14": "O",
    "17": "S",
    "18": "T",
    "19": "U",
    "20": "W",
    "21": "X",
    "22": "Y",
    "23": "Z",
    "24": "AC",
    "25": "BD",
}


def letter_of(county_code: str) -> str:
    """Return the county's letter, or the code itself when SCB has made a new county."""
    return COUNTY_LETTERS.get(county_code, county_code)
