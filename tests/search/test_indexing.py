"""What waits is indexed, once, by one process, and nothing is lost on the way."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.actions import SYSTEM
from core.events import PagePublished, publish
from governance.actions.councils import change_council
from governance.actions.minutes import announcing
from governance.models import Council
from search import actions
from search.actions import building, compare_index, rebuild_index, request_entries, update_index
from search.actions.lease import writer_lease
from search.engines.chosen import check_engine, engine
from search.engines.contract import EngineBusy, EngineDown
from search.finding import find
from search.models import IndexRequest, WriterLease
from tests.factories.governance import make_body
from tests.factories.minutes import adjusted, hold
from tests.search.conftest import brought_up_to_date

pytestmark = pytest.mark.django_db


def found(text: str, user=None) -> list[str]:
    return [hit.entry.title for hit in find(text, user=user, filters={}).hits]


def keys() -> list[str]:
    return list(engine().keys())


def test_nothing_is_found_before_the_worker_and_everything_after(index):
    assert found("budget") == []
    held = adjusted()
    paragraph = f"§ {held.item('Budget').paragraph}/2026 Budget"
    assert found("budget") == []
    brought_up_to_date()
    assert paragraph in found("budget")
    assert IndexRequest.objects.count() == 0


def test_an_unadjusted_paragraph_is_not_in_the_index(index):
    held = hold()
    rebuild_index()
    assert [key for key in keys() if key.startswith(("decision", "minutes"))] == []
    held.body.fresh(held.body.ordinary[0])
    assert found("budget", held.body.ordinary[0]) == []


def test_a_body_that_changes_its_name_is_found_by_the_new_one(index):
    body = make_body(1)
    brought_up_to_date()
    name = body.council.name
    assert found(name)[:1] == [name]
    change_council(by=SYSTEM, council=body.council, name="Igelkottsrådet")
    brought_up_to_date()
    assert found("igelkottsrådets") == ["Igelkottsrådet"]


def test_a_row_that_is_gone_is_taken_out(index):
    body = make_body(1)
    brought_up_to_date()
    key = f"council:{body.council.pk}"
    assert key in set(keys())
    engine().write([], [])
    request_entries("council", [body.council.pk])
    Council.objects.filter(pk=body.council.pk).update(name="Annat")
    request_entries("council", [999_999_999])
    brought_up_to_date()
    assert key in set(keys())
    assert "council:999999999" not in set(keys())


def test_an_unknown_kind_waits_for_nobody(index):
    request_entries("unicorn", [1])
    assert brought_up_to_date() == 1


def test_a_change_while_the_worker_reads_is_not_lost(index, monkeypatch):
    """A change that comes between reading a thing and removing its row leaves a row of its own."""
    body = make_body(1)
    brought_up_to_date()
    request_entries("council", [body.council.pk])
    write = type(engine()).write

    def changed_meanwhile(self, docs, gone):
        write(self, docs, gone)
        if not IndexRequest.objects.filter(pk__gt=first).exists():
            change_council(by=SYSTEM, council=body.council, name="Bäverrådet")

    first = IndexRequest.objects.latest("pk").pk
    monkeypatch.setattr(type(engine()), "write", changed_meanwhile)
    assert update_index() == 1
    monkeypatch.undo()
    assert IndexRequest.objects.count() == 1
    brought_up_to_date()
    assert found("bäver") == ["Bäverrådet"]


def test_a_change_during_a_rebuild_is_written_afterwards(index, monkeypatch):
    body = make_body(1)
    document = building.document

    def changed_meanwhile(kind, pk, entry):
        made = document(kind, pk, entry)
        if kind == "council" and not IndexRequest.objects.filter(pk__gt=first).exists():
            change_council(by=SYSTEM, council=body.council, name="Lodjursrådet")
        return made

    first = IndexRequest.objects.latest("pk").pk
    monkeypatch.setattr(building, "document", changed_meanwhile)
    rebuild_index()
    monkeypatch.undo()
    assert found("lodjursråd") == []
    brought_up_to_date()
    assert found("lodjursråd") == ["Lodjursrådet"]


def test_one_process_writes_at_a_time(index):
    request_entries("council", [1])
    with writer_lease() as renew:
        assert renew is not None
        assert renew()
        assert update_index() == 0
        assert rebuild_index() is None
        with pytest.raises(CommandError, match="En annan process"):
            call_command("rebuild_index")
        assert IndexRequest.objects.count() == 1
    assert update_index() == 1


def test_the_lease_of_a_killed_process_runs_out(index):
    gone = timezone.now() - timedelta(seconds=1)
    WriterLease.objects.update_or_create(name="index", defaults={"holder": "x", "until": gone})
    request_entries("council", [1])
    assert update_index() == 1


def test_a_rebuild_that_lost_its_lease_is_not_taken_into_use(index, monkeypatch):
    make_body(1)
    before = sorted(keys())
    document = building.document

    def robbed(kind, pk, entry):
        WriterLease.objects.update(holder="another", until=timezone.now() + timedelta(minutes=1))
        return document(kind, pk, entry)

    monkeypatch.setattr(building, "document", robbed)
    with pytest.raises(building.LeaseLost):
        rebuild_index()
    assert sorted(keys()) == before
    assert issubclass(building.LeaseLost, EngineBusy)


def test_index_and_database_are_compared(index):
    body = make_body(1)
    rebuild_index()
    same = compare_index()
    assert (same.missing, same.foreign) == ((), ())
    lost = f"council:{body.council.pk}"
    engine().write([], [lost])
    engine().write([building.document("council", 999, _entry())], [])
    differing = compare_index()
    assert (differing.missing, differing.foreign) == ((lost,), ("council:999",))
    brought_up_to_date()
    assert compare_index() == same


def _entry():
    from search.registry import Entry

    return Entry(title="Ingenstans", url="/")


def test_the_worker_builds_an_index_where_there_is_none(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "none"
    settings.SEARCH_PREFIX = "test-none"
    settings.ELASTICSEARCH_URL = ""
    with pytest.raises(EngineDown):
        check_engine()
    body = make_body(1)
    assert brought_up_to_date() == 0
    check_engine()
    assert found(body.council.name) == [body.council.name]


def test_what_waits_is_kept_while_the_engine_is_away(settings, tmp_path):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    settings.SEARCH_PREFIX = "test-away"
    request_entries("council", [1])
    assert update_index() == 0
    assert IndexRequest.objects.count() == 1
    with pytest.raises(CommandError, match="svarar inte"):
        call_command("rebuild_index")


def test_the_worker_is_woken_once(index, monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr("search.actions.requesting.wake_indexer", lambda: woken.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        publish(PagePublished(1))
        publish(PagePublished(2))
    assert woken == [1]


def test_the_command_tells_how_far_it_has_come(index, capsys):
    make_body(1)
    call_command("rebuild_index")
    said = capsys.readouterr().out
    assert "1/1 Förvaltningsråd" in said
    assert "Indexet rymmer" in said
    assert actions.rebuild_index() is not None


def test_a_rectified_paragraph_says_so_and_is_found_by_both_wordings(index):
    held = adjusted()
    announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=held.item("Budget"), stood="Igelkottstal",
        shall_stand="Lodjurstal", reason="Skrivfel", decided_by="Ordföranden",
        decided_on=date(2026, 3, 1),
    )  # fmt: skip
    brought_up_to_date()
    for word in ("igelkottstalet", "lodjurstalet"):
        [hit] = find(word, user=None, filters={}).hits
        assert "Rättat" in hit.entry.notes
        shown = "".join(piece.text for piece in hit.text)
        assert [w for w in ("Igelkottstal", "Lodjurstal") if w in shown] == []
    others = find("plan", user=None, filters={"kind": ("decision",)}).hits
    assert [hit.entry.notes for hit in others if "Rättat" in hit.entry.notes] == []
    assert others != []


def test_a_decision_that_another_has_replaced_says_so(index):
    held = adjusted()
    old, new = held.decision("Budget"), held.decision("Plan")
    old.status.state, old.status.successor = "replaced", new
    old.status.save()
    request_entries("decision", [old.pk])
    brought_up_to_date()
    [hit] = find("budget", user=None, filters={"kind": ("decision",)}).hits
    assert hit.entry.notes[-1] == "Ersatt av ett nyare beslut"
