import pytest
from tests.access.conftest import _made_place, place, visiting
from tests.access import table_governance
from tests.access.walk import patterns, surprises, without_line
from tests.access.table import BY_ADDRESS
def test_lines():
    found = {a for a,_ in patterns()}
    assert [x for x in without_line(found, BY_ADDRESS)] == []
    assert without_line(BY_ADDRESS, found) == []
NEW=("upplos","andra/","viktning","/ar/","tid/","begaran","mall","kansli/dokument","handling/","tidigare","regler","remiss","}dokument/","hylla","jav","fullmakt","projektor","mina-ant","arenden/nytt")
@pytest.mark.django_db
def test_answers(place, visiting):
    rows=[l for l in table_governance.LINES if any(n in l.address for n in NEW) or l.address.endswith("slug>/dokument/")]
    print(len(rows))
    out=surprises(rows, place, visiting)
    print("\n".join(map(str,out)))
    assert out == []
