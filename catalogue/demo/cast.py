"""Who acts in the demo of joinings, and the papers they leave."""

from dataclasses import dataclass
from datetime import date

from core.pdf import render
from core.prose_tree import prose_tree
from members.models import User

SOURCE = "Exempel: påhittad anslutning"


@dataclass(frozen=True)
class Cast:
    """The people who act in the demo; each is found by the address of its role."""

    manager: User
    people: dict[str, User]

    def find(self, name: str) -> User | None:
        """Return a person by the part of the address before the at sign."""
        return self.people.get(name)


def paper(title: str, day: date) -> bytes:
    """Return a short document that says it is made up."""
    data = {
        "title": title,
        "author": "Kommunen (exempel)",
        "body": prose_tree("Exempel: texten är påhittad för demonstrationen."),
    }
    return render("letter.typ", data, dated_on=day)
