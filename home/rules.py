"""Who may set up the site."""

import rules

from members.rules import is_administrator

rules.add_perm("home.set_up_site", is_administrator)
