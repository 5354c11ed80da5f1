"""What can be found of the apps below: one module for each kind of thing."""

from search.kinds.councils import COUNCIL
from search.kinds.decisions import DECISION
from search.kinds.minutes import MINUTES
from search.kinds.municipalities import MUNICIPALITY
from search.kinds.services import SERVICE

KINDS = (SERVICE, COUNCIL, DECISION, MINUTES, MUNICIPALITY)
