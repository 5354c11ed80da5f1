#!/usr/bin/env python3
"""Kontrollera ett protokoll från Samägt, utan Samägt.

Användning:  python3 kontrollera.py PROTOKOLL.pdf [--heads KONTROLLSUMMA.json]
             python3 kontrollera.py bevis.json    [--heads KONTROLLSUMMA.json]

Programmet behöver bara Python 3.9 eller nyare. Det läser protokollets bevis (filen bevis.json,
som också ligger inuti protokollets PDF) och prövar sex saker:

1. Filen är hel: varje tecken står där det ska (kanonisk JSON, RFC 8785).
2. Liggaren hänger ihop: varje post har en kontrollsumma (SHA-256) över posten före och sitt
   eget innehåll. Ändras en post stämmer varken den eller någon efter den. Ingenting som bara
   händer en gång står två gånger, och inga voteringar eller nya beslut kom till efter mötet.
3. Protokollets text är den som justerades: dess kontrollsumma står i liggaren. Ingen paragraf
   som togs upp saknas, och närvaron är den som skrevs in under mötet.
4. De som skulle skriva under har skrivit under just den texten.
5. Besluten är de som fattades. Varje votering är den som liggaren fick när den öppnades och
   stängdes, varje öppen votering ger samma resultat när den räknas om, och varje lott faller på
   samma namn när den dras om.
6. Med --heads: posten är den som mejlades ut när mötet avslutades.

Programmet läser bara beviset, inte sidorna i en PDF. Vem som helst kan skriva något annat på
sidorna och låta beviset ligga kvar. Därför skriver programmet ut vad som beslutades i varje
paragraf: jämför det med texten du har framför dig.

Uppgifter som inte får visas är ersatta av ett åtagande: en kontrollsumma över uppgiften och ett
hemligt tal. Det går att kontrollera att ingen har bytt ut den, men inte att läsa den.

Svar: 0 och "GODKÄNT", 1 och "UNDERKÄNT" med skälet, 2 när filen inte går att läsa eller pröva.
"""

import argparse
import hashlib
import json
import re
import sys
import unicodedata
import zlib
from datetime import datetime

FORMAT = "samagt-evidence-1"
HEADS_FORMAT = "samagt-ledger-heads-1"
MINUTES_FORMAT = "samagt-minutes-1"
HEX = set("0123456789abcdef")
UNPACKED = 100_000_000  # Ingen fil inuti en PDF packas upp till mer än så.
POLLING = frozenset(
    ("poll_opened", "poll_closed", "poll_chair_voted", "poll_invalid", "lot_committed", "lot_drawn")
)
ONCE = POLLING | frozenset(
    (
        *("decision", "meeting_event", "minutes_version", "minutes_signed", "rectified"),
        "dissent_announced",
    )
)
# Så skrivs liggarens ord i protokollet; ett ord som byts får stå kvar sist i sin rad.
WORDS = {
    "carried": ("Bifall",),
    "rejected": ("Avslag",),
    "postponed": ("Uppskjutet",),
    "matter": ("Beslut i sak",),
    "election": ("Val",),
    "tabled": ("Bordlagt",),
    "referred_back": ("Återremitterat",),
    "procedural": ("Beslut om ordningen",),
    "acclamation": ("Acklamation",),
    "poll": ("Votering",),
    "per_capsulam": ("Per capsulam",),
    "approve": ("Bifall",),
    "reject": ("Avslag",),
    "amend": ("Ändring",),
    "add": ("Tillägg",),
    "table": ("Bordläggning",),
    "refer_back": ("Återremiss",),
    "nominate": ("Nominering",),
    "reservation": ("Reservation",),
    "statement": ("Särskilt yttrande",),
    "room": ("i rummet",),
    "distance": ("på distans",),
    "": ("",),
}


class Refused(Exception):
    """Beviset håller inte; texten säger varför."""


class Unreadable(Exception):
    """Filen är inget bevis, eller går inte att pröva."""


# --- 1. Filen -----------------------------------------------------------------------------------


def canonical(value):
    """Skriv ett värde som kanonisk JSON: nycklar i ordning, inga blanktecken, inga decimaltal."""
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(k) + ":" + canonical(value[k]) for k in keys) + "}"
    raise Refused("filen innehåller ett värde som inte får stå där")


def sha256(*parts):
    """Räkna SHA-256 över delarna i följd."""
    return hashlib.sha256(b"".join(parts)).hexdigest()


def digest(value):
    """Räkna kontrollsumman över ett värdes kanoniska form."""
    return sha256(canonical(value).encode("utf-8"))


def read_evidence(content):
    """Läs beviset ur en JSON-fil eller ur en PDF."""
    if content.startswith(b"%PDF"):
        content = attached(content)
    try:
        data = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refused("filen är skadad eller inget bevis") from None
    if not isinstance(data, dict):
        raise Unreadable("filen är inget bevis")
    if canonical(data).encode("utf-8") != content:
        raise Refused("filen är inte skriven så som Samägt skriver den")
    return data


def attached(content):
    """Plocka ut bevis.json ur en PDF: den enda inbäddade filen med vårt format."""
    found = []
    for match in re.finditer(rb"/EmbeddedFile\b.{0,400}?stream\r?\n", content, re.DOTALL):
        raw = memoryview(content)[match.end() :]
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(raw, UNPACKED)
            if unpacker.unconsumed_tail and not unpacker.eof:
                raise Unreadable("en fil inuti PDF:en är för stor")
        except zlib.error:
            end = content.find(b"endstream", match.end())
            data = content[match.end() : end].rstrip(b"\r\n")
        if FORMAT.encode() in data:
            found.append(data)
    if len(found) > 1:
        raise Refused("PDF:en bär flera bevis, och då går det inte att veta vilket som gäller")
    if not found:
        raise Unreadable("PDF:en bär inget bevis som går att läsa")
    return found[0]


# --- 2. Liggaren --------------------------------------------------------------------------------


def need(condition, reason):
    """Underkänn med ett skäl om villkoret inte håller."""
    if not condition:
        raise Refused(reason)


def keys_are(row, wanted, where):
    """Underkänn en post med andra fält än de väntade."""
    need(isinstance(row, dict) and set(row) == set(wanted.split()), where + ": fel fält")


def commitment(salt, value):
    """Räkna åtagandet: SHA-256 över det hemliga talet och uppgiftens kanoniska form."""
    need(isinstance(salt, str) and len(salt) == 32 and set(salt) <= HEX, "ett salt är skadat")
    return sha256(bytes.fromhex(salt), canonical(value).encode("utf-8"))


def entry_payload(body, entry):
    """Skriv en post så som den kontrollsummeras."""
    where = "post %s" % entry.get("number")
    header = {name: entry[name] for name in ("number", "kind", "recorded_at")}
    header["body"] = body
    if "commitment" in entry:
        keys_are(entry, "number kind recorded_at hash commitment", where)
        return dict(header, commitment=entry["commitment"])
    if "salt" in entry:
        keys_are(entry, "number kind recorded_at hash salt data", where)
        return dict(header, commitment=commitment(entry["salt"], entry["data"]))
    keys_are(entry, "number kind recorded_at hash data", where)
    return dict(header, data=entry["data"])


def check_chain(evidence):
    """Pröva att varje post följer på den förra; ge tillbaka posternas kontrollsummor."""
    entries, previous = evidence["ledger"], evidence["previous_hash"]
    need(isinstance(entries, list) and entries, "liggaren är tom")
    need(isinstance(previous, str) and len(previous) == 64 and set(previous) <= HEX, "fel i början")
    hashes = {}
    for place, entry in enumerate(entries):
        need(isinstance(entry, dict) and type(entry.get("number")) is int, "en post är skadad")
        for name in ("kind", "recorded_at", "hash"):
            need(isinstance(entry.get(name), str), "post %s är skadad" % entry["number"])
        need(entry["number"] == entries[0]["number"] + place, "en post saknas i liggaren")
        payload = canonical(entry_payload(evidence["body"], entry)).encode("utf-8")
        found = sha256(bytes.fromhex(previous), payload)
        need(found == entry["hash"], "post %s har ändrats" % entry["number"])
        hashes[entry["number"]] = previous = found
    return hashes


class Record:
    """Det som liggaren visar, och vad som hör till vad."""

    def __init__(self, evidence):
        """Läs de poster som visas, och när mötet avslutades."""
        self.evidence, self.meeting = evidence, evidence["meeting"]
        self.paragraphs = evidence["minutes"]["paragraphs"]
        self.shown = [entry for entry in evidence["ledger"] if "data" in entry]
        self.hidden = [entry for entry in evidence["ledger"] if "data" not in entry]
        ended = [e for e in self.shown if is_event(e, self.meeting, "closed")]
        need(len(ended) < 2, "mötet avslutas två gånger i liggaren")
        self.closed = ended[0]["number"] if ended else None

    def entries(self, kind, before=None):
        """Ge posterna av ett slag, eller de som står före en viss post."""
        return [
            e for e in self.shown if e["kind"] == kind and (before is None or e["number"] < before)
        ]

    def rows(self, kind, before=None):
        """Ge vad posterna av ett slag säger."""
        return [entry["data"] for entry in self.entries(kind, before)]


def is_event(entry, meeting, kind):
    """Säg om en post är en viss händelse i mötet."""
    data = entry["data"]
    return entry["kind"] == "meeting_event" and data["meeting"] == meeting and data["kind"] == kind


def check_once(record):
    """Pröva att ingenting som bara händer en gång står två gånger i liggaren."""
    seen, items = set(), {}
    for entry in record.shown:
        kind, data = entry["kind"], entry["data"]
        where = "post %d: " % entry["number"]
        if kind in ONCE:
            key = (kind, data["id"])
            need(key not in seen, where + "samma sak står redan i en tidigare post")
            seen.add(key)
        if kind in POLLING:
            item = items.setdefault(data["id"], data["item"])
            need(item == data["item"], where + "voteringen hör till en annan paragraf")


def check_after(record):
    """Pröva att inga voteringar och inga nya beslut kom till efter mötet; ge omskrivna beslut.

    Ett beslut får skrivas om till dess att protokollet är justerat, av en ny post som ersätter
    den förra och bara ändrar att-satserna.
    """
    decisions = {row["id"]: row for row in record.rows("decision")}
    mine, reworded = {p["item"] for p in record.paragraphs}, []
    for entry in record.shown:
        data, late = entry["data"], record.closed is not None and entry["number"] > record.closed
        if entry["kind"] in POLLING and late:
            need(
                data["meeting"] != record.meeting,
                "post %d: en votering kom till efter mötet" % entry["number"],
            )
        if entry["kind"] != "decision" or data["item"] not in mine:
            continue
        if data["replaces"] is None:
            need(not late, "post %d: ett beslut kom till efter mötet" % entry["number"])
            continue
        first = decisions.get(data["replaces"])
        free = ("id", "decision", "clauses", "replaces", "reason")
        same = first and {k: v for k, v in first.items() if k not in free} == {
            k: v for k, v in data.items() if k not in free
        }
        need(same, "post %d: ett beslut har ersatts av ett annat" % entry["number"])
        reworded.append(data)
    replaced = [row["replaces"] for row in reworded]
    need(len(set(replaced)) == len(replaced), "ett beslut har ersatts två gånger")
    return reworded


# --- 3. Protokollets text -----------------------------------------------------------------------


def closed_field(field, where):
    """Skriv ett fält så som det kontrollsummeras: ett åtagande och skälet till att dölja det."""
    if "commitment" in field:
        keys_are(field, "commitment reason", where)
        hidden = isinstance(field["reason"], str) and field["reason"]
        need(hidden, where + ": en uppgift är dold utan skäl")
        return field
    keys_are(field, "reason salt value", where)
    return {"commitment": commitment(field["salt"], field["value"]), "reason": field["reason"]}


def closed_paragraph(paragraph):
    """Skriv en paragraf så som den kontrollsummeras."""
    where = "§ %s" % paragraph.get("paragraph")
    keys_are(paragraph, "item paragraph year fields", where)
    fields = {name: closed_field(f, where) for name, f in paragraph["fields"].items()}
    return dict(paragraph, fields=fields)


def adjusted_by(record):
    """Ge vad liggaren säger om justeringen av just den här texten, och postens nummer."""
    minutes = record.evidence["minutes"]
    keys_are(minutes, "head paragraphs", "protokollet")
    closed = [closed_paragraph(p) for p in record.paragraphs]
    text = digest({"format": MINUTES_FORMAT, "head": minutes["head"], "paragraphs": closed})
    found = record.entries("minutes_adjusted") + record.entries("paragraph_adjusted")
    found = [e for e in found if e["data"]["meeting"] == record.meeting]
    need(found, "liggaren säger inte att protokollet är justerat")
    found = [e for e in found if e["data"]["sha256"] == text]
    need(found, "protokollets text är inte den som justerades")
    need(len(found) == 1, "samma text har justerats två gånger")
    need(minutes["head"]["meeting"] == record.meeting, "beviset gäller ett annat möte")
    need(minutes["head"]["body"]["id"] == record.evidence["body"], "beviset gäller ett annat organ")
    return found[0]


def check_minutes(record, adjusted):
    """Pröva paragraferna; ge för var och en justeringen och posten där dess text fastställdes.

    En paragraf som justerades omedelbart står kvar så som den skrevs under. Det enda som får
    läggas till är reservationer som anmäldes senare.
    """
    data, found = adjusted["data"], {}
    apart = {}
    for entry in record.entries("paragraph_adjusted"):
        for row in entry["data"]["paragraphs"]:
            if entry["data"]["meeting"] == record.meeting and entry is not adjusted:
                need(row["item"] not in apart, "en paragraf har justerats två gånger")
                apart[row["item"]] = (row["sha256"], entry)
    now = {row["item"]: row["sha256"] for row in data["paragraphs"]}
    for paragraph in record.paragraphs:
        item = paragraph["item"]
        need(item not in found, "en paragraf står två gånger i protokollet")
        wrong = "§ %s är inte den som justerades" % paragraph["paragraph"]
        if item in now:
            need(digest(closed_paragraph(paragraph)) == now[item], wrong)
            found[item] = fixed(record, adjusted)
            continue
        need(item in apart, wrong)
        fields = {k: v for k, v in paragraph["fields"].items() if k != "appended"}
        signed = digest(closed_paragraph(dict(paragraph, fields=fields)))
        need(signed == apart[item][0], wrong)
        found[item] = fixed(record, apart[item][1])
    need(set(now) <= set(found), "en paragraf som justerades saknas i protokollet")
    return found


def fixed(record, adjusted):
    """Ge en justering och numret på posten där dess text fastställdes."""
    data = adjusted["data"]
    for entry in record.entries("minutes_version"):
        if entry["data"]["id"] == data["version"]:
            same = entry["data"]["sha256"] == data["sha256"]
            need(same and entry["number"] < adjusted["number"], "en annan text justerades")
            return data, entry["number"]
    need(adjusted["kind"] == "paragraph_adjusted", "texten fastställdes aldrig i liggaren")
    return data, adjusted["number"]


def check_whole(record, before):
    """Pröva att hela protokollet har alla paragrafer, mötets tider och alla som var närvarande."""
    head = record.evidence["minutes"]["head"]
    events = [e["data"] for e in record.entries("meeting_event")]
    events = [row for row in events if row["meeting"] == record.meeting]
    numbers = [row["number"] for row in events]
    missing = set(range(min(numbers), max(numbers) + 1)) - set(numbers)
    need(len(set(numbers)) == len(numbers), "en händelse står två gånger i liggaren")
    hides = any("commitment" in p["fields"]["matter"] for p in record.paragraphs)
    need(hides or not missing, "händelser i mötet är dolda, men ingen paragraf är det")
    taken = {
        row["item"]: row
        for row in events
        if row["kind"] == "item_opened" and row["data"]["paragraph"] is not None
    }
    check_numbers(record.paragraphs, taken, missing)
    corrected = {e["data"]["corrects"] for e in record.entries("meeting_event", before)}
    events = [e["data"] for e in record.entries("meeting_event", before)]
    events = [r for r in events if r["meeting"] == record.meeting and r["id"] not in corrected]
    for kind, name in (("opened", "opened"), ("closed", "closed")):
        at = [minute(row["effective_at"]) for row in events if row["kind"] == kind]
        need([minute(head[name])] == at, "mötets tider är inte de som skrevs in")
    wanted = sorted(spans_of(events).values())
    told = sorted([span_of(t) for t in row["times"]] for row in head["present"])
    need(wanted == told, "närvaron är inte den som skrevs in")


def check_numbers(paragraphs, taken, missing):
    """Pröva att varje paragraf som togs upp står i protokollet, och att inget nummer saknas.

    Numren löper över årets möten. Hölls ett annat möte medan det här var ajournerat hoppar de,
    men då hänger mötets egna händelser ihop över hoppet.
    """
    said = {p["item"]: p for p in paragraphs}
    for item, row in taken.items():
        where = "§ %s" % row["data"]["paragraph"]
        need(item in said, where + " togs upp men saknas i protokollet")
        same = all(said[item][name] == row["data"][name] for name in ("paragraph", "year"))
        need(same, where + " har ett annat nummer i protokollet")
    for paragraph in paragraphs:
        shown = "value" in paragraph["fields"]["matter"]
        where = "§ %s" % paragraph["paragraph"]
        need(paragraph["item"] in taken or not shown, where + " togs aldrig upp på mötet")
    for place, other in enumerate(paragraphs[1:]):
        one = paragraphs[place]
        if other["paragraph"] == one["paragraph"] + 1:
            continue
        wrong = "paragrafer saknas mellan § %s och § %s" % (one["paragraph"], other["paragraph"])
        need(one["item"] in taken and other["item"] in taken, wrong)
        start, end = taken[one["item"]]["number"], taken[other["item"]]["number"]
        whole = not any(start < number < end for number in missing)
        need(one["paragraph"] < other["paragraph"] and whole, wrong)


def minute(text):
    """Läs en tid som hela minuter, så att den går att jämföra mellan tidszoner."""
    return int(datetime.fromisoformat(text).timestamp()) // 60 if text else None


def span_of(told):
    """Skriv en närvarotid i texten så att den går att jämföra och sortera."""
    return str(minute(told["from"])), str(minute(told["to"])), told["mode"]


def spans_of(events):
    """Räkna fram när var och en var närvarande, ur det som skrevs in."""
    spans, ended = {}, None
    for row in sorted(events, key=lambda r: (r["effective_at"], r["number"])):
        at, mine = str(minute(row["effective_at"])), spans.get(row["person"], [])
        if row["kind"] == "closed":
            ended = at
        elif row["kind"] == "arrived":
            if mine and mine[-1][1] is None:
                mine[-1][1] = at
            mine.append([at, None, WORDS[row["mode"]][0]])
            spans[row["person"]] = mine
        elif row["kind"] == "left" and mine:
            mine[-1][1] = at
    return {
        person: [(since, ended if until is None else until, mode) for since, until, mode in mine]
        for person, mine in spans.items()
    }


# --- 4. Underskrifterna -------------------------------------------------------------------------


def check_signatures(record, data, names):
    """Pröva att sekreterare, ordförande och justerare skrev under samma text.

    Med `names` också att de är de personer som texten nämner.
    """
    mine = [row for row in record.rows("minutes_signed") if row["version"] == data["version"]]
    for row in mine:
        need(row["sha256"] == data["sha256"], row["name"] + " skrev under en annan text")
    if data["by_decision"] is not None:
        check_adjusting(record, data)
        return mine
    head = record.evidence["minutes"]["head"]
    roles = {role: [row for row in mine if row["role"] == role] for role in SIGNERS}
    need(roles["secretary"] or not head["secretary"], "sekreterarens underskrift saknas")
    need(roles["presiding"] or record.paragraphs, "ordförandens underskrift saknas")
    said = {p["item"]: p["fields"]["matter"].get("value") for p in record.paragraphs}
    for item in (row["item"] for row in data["paragraphs"]):
        presided = [row["name"] for row in roles["presiding"] if item in row["items"]]
        leader = said[item]["presided"] if said[item] else None
        need(presided or leader == "", "ordförandens underskrift saknas")
        if names and leader:
            need(leader in presided, "ordföranden är en annan än den som skrev under")
        signed = [row for row in roles["adjuster"] if item in row["items"]]
        need(signed, "en paragraf har ingen justerare")
    if names:
        chosen = {*head["adjusters"], *head["substitutes"]}
        known = all(row["name"] in chosen for row in roles["adjuster"])
        need(known, "någon som inte är justerare skrev under")
        known = all(row["name"] == head["secretary"] for row in roles["secretary"])
        need(known, "sekreteraren är en annan än den som skrev under")
    return mine


SIGNERS = {"secretary": "sekreterare", "presiding": "ordförande", "adjuster": "justerare"}


def check_adjusting(record, data):
    """Pröva att ett senare möte beslutade att justera protokollet."""
    found = [e for e in record.entries("decision") if e["data"]["id"] == data["by_decision"]]
    if not found:
        raise Unreadable(
            "protokollet justerades genom ett beslut på ett senare möte, och det beslutet visas"
            " inte i beviset. Hämta beviset på nytt när det mötets protokoll är justerat"
        )
    mine = {p["item"] for p in record.paragraphs}
    later = record.closed is not None and found[0]["number"] > record.closed
    need(later and found[0]["data"]["item"] not in mine, "fel beslut om justering")


# --- 5. Besluten och voteringarna ---------------------------------------------------------------


def worded(code, text):
    """Säg om texten är så som protokollet skriver liggarens ord."""
    return text in WORDS.get(code, ())


def outcome_of(matter):
    """Ge beslutet som paragrafen ledde till: det sista som inte gäller ordningen."""
    rows = [row for row in matter["decisions"] if not worded("procedural", row["kind"])]
    return rows[-1] if rows else None


def check_decisions(record, fixed_at, version):
    """Pröva att besluten, yrkandena och reservationerna i texten är de som liggaren fick."""
    count = 0
    for paragraph in record.paragraphs:
        item = paragraph["item"]
        matter = paragraph["fields"]["matter"].get("value")
        if not matter:
            continue
        before = fixed_at[item][1]
        rows = [row for row in record.rows("decision", before) if row["item"] == item]
        replaced = {row["replaces"] for row in rows}
        standing = {row["id"]: row for row in rows if row["id"] not in replaced}
        for decision in matter["decisions"]:
            check_decision(decision, standing, record)
            count += 1
        printed = [decision["decision"] for decision in matter["decisions"]]
        same = len(printed) == len(standing) and set(printed) == set(standing)
        need(same, "§ %s saknar ett beslut" % paragraph["paragraph"])
        result = outcome_of(matter)
        same = matter["outcome"] == (result["outcome"] if result else "")
        need(same, "§ %s har en annan utgång än beslutet" % paragraph["paragraph"])
        check_motions(paragraph, matter, record.entries("meeting_event", before))
        check_dissents(paragraph, matter, record.rows("dissent_announced", version))
    return count


def check_decision(decision, standing, record):
    """Pröva ett beslut mot det som liggaren fick när det fattades."""
    known = standing.get(decision["decision"])
    wrong = "ett beslut är inte det som fattades"
    ever = {row["id"] for row in record.rows("decision")}
    need(decision["decision"] in ever, "ett beslut finns inte i liggaren")
    need(known is not None, wrong)
    need(all(known[n] == decision[n] for n in ("clauses", "motivation", "participants")), wrong)
    need(all(worded(known[n], decision[n]) for n in ("kind", "method", "outcome")), wrong)
    need(minute(known["decided_at"]) == minute(decision["decided"]), wrong)


def check_motions(paragraph, matter, entries):
    """Pröva att yrkandena i texten är de som framställdes och inte togs tillbaka."""
    made, taken_back, refused = {}, set(), {}
    for row in (entry["data"] for entry in entries):
        if row["item"] != paragraph["item"]:
            continue
        told = row["data"]
        if row["kind"] == "motion_made":
            made[told["motion"]] = told
        if row["kind"] == "motion_changed" and told["state"] == "withdrawn":
            taken_back.add(told["motion"])
        if row["kind"] == "motion_changed" and told["state"] == "refused":
            refused[told["motion"]] = told["reason"]
    wanted = {number: row for number, row in made.items() if number not in taken_back}
    printed = {row["number"]: row for row in matter["motions"]}
    wrong = "§ %s har andra yrkanden än liggaren" % paragraph["paragraph"]
    need(set(wanted) == set(printed) and len(printed) == len(matter["motions"]), wrong)
    for number, row in printed.items():
        same = row["text"] == wanted[number]["text"] and worded(wanted[number]["kind"], row["kind"])
        need(same and row["refusal"] == refused.get(number, ""), wrong)


def check_dissents(paragraph, matter, rows):
    """Pröva att reservationerna i texten är de som anmäldes: hur många, av vilket slag och när."""
    appended = paragraph["fields"].get("appended", {}).get("value", {})
    told = matter["dissents"] + appended.get("dissents", [])
    known = [row for row in rows if row["item"] == paragraph["item"]]
    printed = sorted((row["kind"], str(minute(row["announced"]))) for row in told)
    wanted = sorted((WORDS[r["kind"]][0], str(minute(r["announced_at"]))) for r in known)
    need(printed == wanted, "§ %s har andra reservationer än liggaren" % paragraph["paragraph"])


def check_polls(record, fixed_at):
    """Räkna om varje öppen votering och jämför alla med liggaren.

    Ger tillbaka hur många som är öppna, slutna, och slutna med gallrade röster.
    """
    rows, names = record.rows, Names(record)
    chained = chained_polls(rows)
    disposed = {p["poll"]: p for row in rows("secret_ballots_disposed") for p in row["polls"]}
    opened = secret = gone = 0
    for paragraph in record.paragraphs:
        matter = paragraph["fields"]["matter"].get("value")
        if not matter:
            continue
        printed = {poll["poll"] for poll in matter["polls"]}
        need(len(printed) == len(matter["polls"]), "en votering står två gånger i protokollet")
        held = {key for key, row in chained.items() if row["item"] == paragraph["item"]}
        need(printed == held, "protokollet har andra voteringar än liggaren")
        check_invalid(matter, paragraph["item"], rows)
        for poll in matter["polls"]:
            check_poll(poll, chained[poll["poll"]])
            names.check_seats(poll, chained[poll["poll"]])
            if not poll["secret"]:
                opened += 1
                continue
            secret += 1
            if poll["poll"] in disposed:
                same = disposed[poll["poll"]]["set_hash"] == poll["set_hash"]
                need(same, "andra röster gallrades än de som lades")
                gone += 1
        names.check_people(paragraph, matter, record, fixed_at[paragraph["item"]][1])
    return opened, secret, gone, names.changed


def chained_polls(rows):
    """Samla det som liggaren säger om varje votering som avgjordes och inte blev ogiltig."""
    found = {}
    kinds = ("poll_opened", "poll_closed", "poll_chair_voted", "lot_committed", "lot_drawn")
    for kind in (*kinds, "poll_reported"):
        for row in rows(kind):
            found.setdefault(row["id"], {}).update(row)
    for row in rows("poll_invalid"):
        found.pop(row["id"], None)
    return {key: row for key, row in found.items() if row["state"] == "settled"}


class Names:
    """Namnen i voteringarnas röstlängder, och namn som har rättats sedan dess.

    Ett namn får rättas. Men den enas namn får inte stå i stället för den andras.
    """

    def __init__(self, record):
        """Samla namnen ur de röstlängder som liggaren fick."""
        self.people, self.places, self.changed = {}, {}, set()
        for poll in record.rows("poll_opened"):
            for row in poll["roll"]:
                if row.get("name"):
                    self.people.setdefault(row["person"], row["name"])
                if row.get("organisation"):
                    self.places.setdefault(row["seat"], row["organisation"])

    def check(self, known, key, printed):
        """Pröva ett namn i texten mot det som liggaren fick."""
        if key not in known or known[key] == printed:
            return
        need(printed not in known.values(), "%s står i stället för %s" % (printed, known[key]))
        self.changed.add((known[key], printed))

    def check_seats(self, poll, known):
        """Pröva namnen på dem som röstade."""
        rows = {row["seat"]: row for row in known["roll"]}
        need(set(poll["seats"]) == set(rows), "en votering har andra platser än röstlängden")
        for seat, told in poll["seats"].items():
            self.check(self.places, seat, told["municipality"])
            if rows[seat]["person"] is None:
                need(told["name"] == "", "en plats som ingen tjänstgjorde på har fått ett namn")
            self.check(self.people, rows[seat]["person"], told["name"])

    def check_people(self, paragraph, matter, record, fixed_at):
        """Pröva vem som ledde paragrafen och vilka som deltog i beslutet."""
        result = outcome_of(matter)
        if result is None:
            return
        chained = as_corrected(record, result["decision"], fixed_at)
        self.check(self.people, chained["presided_by"], matter["presided"])
        where = "§ %s" % paragraph["paragraph"]
        took_part = matter["took_part"]
        need(len(took_part) == len(chained["participants"]), where + ": fel antal deltog")
        for place, told in enumerate(took_part):
            seat, person = chained["participants"][place]
            self.check(self.people, person, told["name"])
            self.check(self.places, "S%s" % seat, told["organisation"])


def as_corrected(record, decision, fixed_at):
    """Ge beslutet som liggaren fick det, med de deltagare som en rättelse gav.

    Rättelsen ska bygga på en händelse i mötet, och räknas bara innan texten fastställdes.
    """
    rows = {row["id"]: row for row in record.rows("decision")}
    line, row = {decision}, rows[decision]
    while row["replaces"] in rows:
        row = rows[row["replaces"]]
        line.add(row["id"])
    found = dict(rows[decision])
    for entry in record.entries("participants_corrected", fixed_at):
        late = entry["data"]
        if late["decision"] not in line:
            continue
        events = record.rows("meeting_event", entry["number"])
        known = {(row["meeting"], row["number"]) for row in events}
        behind = (late["meeting"], late["event"]) in known
        need(behind or record.hidden, "deltagarna rättades utan någon händelse i mötet")
        found.update(participants=late["participants"], presided_by=late["presided_by"])
    return found


def check_invalid(matter, item, rows):
    """Pröva att paragrafen nämner varje ogiltig votering, dess skäl och den som ersatte den."""
    held = {row["id"] for row in rows("poll_opened")}
    after = {row["replaces"]: row["id"] for row in rows("poll_approved") if row.get("replaces")}
    known = {
        row["id"]: (row["reason"], after[row["id"]] if after.get(row["id"]) in held else None)
        for row in rows("poll_invalid")
        if row["item"] == item
    }
    told = {
        row["poll"]: (row["reason"], row["replaced_by"] and row["replaced_by"]["poll"])
        for row in matter.get("invalid_polls", [])
    }
    need(told == known, "protokollet nämner inte de ogiltiga voteringarna som liggaren gör")


def check_poll(poll, known):
    """Pröva att en votering i texten är den som liggaren fick när den öppnades och stängdes."""
    terms, wrong = known["terms"], "en votering är inte den som hölls"
    need(poll["election"] == (terms["kind"] == "election"), wrong)
    need(poll["question"] == {"yes": terms["yes"], "no": terms["no"]}, wrong)
    need(poll["secret"] == terms["secret"], wrong)
    need(poll["result"] == known["result"], "en votering har ett annat resultat i liggaren")
    check_lot(poll, known)
    if poll["secret"]:
        same = poll["ticked_off"] == known["ticked_off"] and poll["set_hash"] == known["digest"]
        need(same and poll["export"] is None, "en sluten votering är inte den som liggaren fick")
        voters = {row["seat"] for row in known["roll"] if row["present"] and not row["recused"]}
        need(set(poll["ticked_off"]) <= voters, "någon avprickad stod inte i röstlängden")
        return
    export = poll["export"]
    counted = recount(export)
    need(all(poll["result"].get(k) == v for k, v in counted.items()), "en votering är felräknad")
    need(poll["ticked_off"] == [] and poll["set_hash"] == "", wrong)
    check_export(export, known)


def check_export(export, known):
    """Pröva att röstlängd, regel och röster är de som frystes och de som lades."""
    terms, election = known["terms"], export["kind"] == "election"
    names = ("seat", "municipality", "weight", "present", "recused")
    roll = [{name: row[name] for name in names} for row in known["roll"]]
    if terms["per_capsulam"]:
        answered = {ballot["seat"] for ballot in known["ballots"]}
        roll = [dict(row, present=row["seat"] in answered) for row in roll]
    wanted = {name: terms[name] for name in ("kind", "seats", "vacancies", "quorum")}
    wanted.update(roll=roll, chair=known["chair"])
    if election:
        wanted.update(positions=terms["positions"], rule={"type": "simple"})
        wanted.update(casting_vote=False, double_majority=False)
    else:
        kept = ("casting_vote", "double_majority", "per_capsulam")
        wanted.update({name: terms[name] for name in kept})
        wanted["rule"] = {n: v for n, v in terms["rule"].items() if v is not None and v != ""}
        if known["chair_view"]:
            wanted["chair_view"] = known["chair_view"]
    wanted["ballots"] = [
        {
            "seat": ballot["seat"],
            "choice": (ballot["names"] or "blank") if election else ballot["choice"],
        }
        for ballot in known["ballots"]
    ]
    for name in sorted(set(wanted) | set(export)):
        need(export.get(name) == wanted.get(name), "en votering skiljer sig från liggaren: " + name)


def check_lot(poll, known):
    """Pröva att lotten drogs ur det hemliga tal som var bundet, och dra den på nytt."""
    lot = poll["lot"]
    need((lot is None) == ("drawn" not in known), "en lottning saknas")
    if lot is None:
        return
    told = {"between": known["names"]}
    for name in ("places", "commitment", "seed", "witness_words", "drawn"):
        told[name] = known[name]
    need(all(lot[name] == value for name, value in told.items()), "en lott är inte den som drogs")
    need(lot["between"] == poll["result"]["lot_between"], "en lott drogs mellan fel namn")

    def ticket(name):
        return digest([lot["seed"], lot["witness_words"], name])

    if lot["by_hand"]:
        # Dragen ur hatten: den som drog och vittnet svarar för den.
        fits = set(lot["drawn"]) <= set(lot["between"]) and len(lot["drawn"]) == lot["places"]
        need(fits and known["by_hand"] is True, "en lott föll på fel namn")
        return
    need(sha256(lot["seed"].encode("ascii")) == lot["commitment"], "lottens tal var inte bundet")
    drawn = sorted(sorted(lot["between"], key=ticket)[: lot["places"]])
    need(drawn == lot["drawn"], "lotten faller på någon annan när den dras om")


def recount(poll):
    """Räkna en öppen votering: kontraktet `recount`."""
    roll = {row["seat"]: row for row in poll["roll"]}
    need(len(roll) == len(poll["roll"]), "en plats står två gånger i röstlängden")
    per_capsulam = poll.get("per_capsulam", False)
    serving = {s: r for s, r in roll.items() if r["present"] and not r["recused"]}
    seats = [ballot["seat"] for ballot in poll["ballots"]]
    need(len(set(seats)) == len(seats) and set(seats) <= set(serving), "en röst är inte giltig")
    need(poll["seats"] == len(roll) + poll["vacancies"], "röstlängden har fel antal platser")
    if poll["quorum"] and 2 * len(serving) <= poll["seats"]:
        return {"state": "not_quorate"}
    if poll["kind"] == "election":
        return count_election(poll, roll)
    return count_matter(poll, roll, serving, per_capsulam)


def count_election(poll, roll):
    """Räkna ett val: de k högsta är valda; lika över gränsen avgörs med lott."""
    votes = {}
    for ballot in poll["ballots"]:
        names = [] if ballot["choice"] == "blank" else ballot["choice"]
        for name in names:
            votes[name] = votes.get(name, 0) + roll[ballot["seat"]]["weight"]
    places, elected = poll["positions"], []
    for level in sorted(set(votes.values()), reverse=True):
        tied = sorted(name for name, weight in votes.items() if weight == level)
        if len(tied) > places - len(elected):
            left = places - len(elected)
            if left == 0:
                break
            return {
                "state": "awaiting_lot",
                "elected": sorted(elected),
                "lot_between": tied,
                "lot_positions": left,
            }
        elected += tied
    return {"state": "decided", "elected": sorted(elected), "lot_between": [], "lot_positions": 0}


def totals(poll, roll, weigh):
    """Räkna ja, nej och avstår; blank räknas med avstår."""
    sums = {"yes": 0, "no": 0, "abstain": 0}
    for ballot in poll["ballots"]:
        choice = "abstain" if ballot["choice"] == "blank" else ballot["choice"]
        sums[choice] += roll[ballot["seat"]]["weight"] if weigh else 1
    return sums


def count_matter(poll, roll, serving, per_capsulam):
    """Räkna en sakfråga enligt dess regel."""
    heads, weight = totals(poll, roll, False), totals(poll, roll, True)
    rule = poll["rule"]
    present = sum(r["weight"] for r in serving.values())
    all_weight = sum(r["weight"] for r in roll.values())
    flat = all(r["weight"] == 1 for r in roll.values())
    whole = poll["seats"] if flat else all_weight
    kind = rule.get("base") or ("present" if rule["type"] == "unanimous" else "cast")
    cast = weight["yes"] + weight["no"]
    if rule["type"] == "unanimous" and rule.get("base") is None and per_capsulam:
        base = all_weight
    else:
        base = {"cast": cast, "present": present, "all": whole}[kind]
    chair_view = poll.get("chair_view")
    if chair_view is None:
        own = [b["choice"] for b in poll["ballots"] if b["seat"] == poll["chair"]]
        chair_view = own[0] if own and own[0] in ("yes", "no") else None
    outcome, by = decide(rule, weight, base, present, poll["casting_vote"], chair_view)
    result = {"heads": heads, "weight": weight}
    if outcome is None:
        return dict(result, state="awaiting_chair", outcome=None, by=None)
    if poll["double_majority"] and outcome == "carried":
        base_heads = {
            "cast": heads["yes"] + heads["no"],
            "present": len(serving),
            "all": poll["seats"],
        }[kind]
        if rule["type"] == "unanimous" and rule.get("base") is None and per_capsulam:
            base_heads = len(roll)
        passed, _ = decide(rule, heads, base_heads, len(serving), False, None)
        outcome = outcome if passed == "carried" else "rejected"
    return dict(result, state="decided", outcome=outcome, by=by)


def decide(rule, sums, base, present, casting_vote, chair_view):
    """Ge utfallet och vad som avgjorde; None när ordförandens röst fattas."""
    yes, no = sums["yes"], sums["no"]
    p, q = rule.get("numerator"), rule.get("denominator")
    if rule["type"] == "absolute":
        return ("carried" if 2 * yes > base > 0 else "rejected"), "majority"
    if rule["type"] == "qualified":
        return ("carried" if q * yes >= p * base and yes + no > 0 else "rejected"), "majority"
    if rule["type"] == "unanimous":
        return ("carried" if yes == base and yes > 0 else "rejected"), "majority"
    if rule["type"] == "minority" and no > 0 and q * no >= p * present:
        return "rejected", "majority"
    if yes != no:
        return ("carried" if yes > no else "rejected"), "majority"
    if not casting_vote:
        return "rejected", "majority"
    if chair_view is None:
        return None, None
    return ("carried" if chair_view == "yes" else "rejected"), "casting_vote"


# --- 6. Det som mejlades ut ---------------------------------------------------------------------


def read_heads(content):
    """Läs filen med kontrollsummor."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unreadable("filen med kontrollsummor går inte att läsa") from None
    if not isinstance(data, dict) or data.get("format") != HEADS_FORMAT:
        raise Unreadable("filen med kontrollsummor har ett okänt format")
    rows = data.get("heads")
    for row in rows if isinstance(rows, list) else [None]:
        fits = isinstance(row, dict) and type(row.get("number")) is int
        texts = fits and all(isinstance(row.get(name), str) for name in ("body", "hash"))
        if not texts or len(row["hash"]) != 64 or not set(row["hash"]) <= HEX:
            raise Unreadable("filen med kontrollsummor är skadad")
    return rows


def check_heads(content, evidence, hashes):
    """Pröva att posterna är de som lämnade systemet; ge tillbaka numren på dem."""
    rows = [row for row in read_heads(content) if row["body"] == evidence["body"]]
    if not rows:
        raise Unreadable("kontrollsumman gäller ett annat organ")
    inside = [row for row in rows if row["number"] in hashes]
    if not inside:
        told = (rows[0]["number"], min(hashes), max(hashes))
        raise Unreadable(
            "kontrollsumman gäller ett annat möte: den gäller post %d, och beviset räcker från"
            " post %d till post %d" % told
        )
    for row in inside:
        same = hashes[row["number"]] == row["hash"]
        need(same, "post %s är inte den som mejlades ut" % row["number"])
    return [row["number"] for row in inside]


def covered(record, adjusted, last):
    """Säg vad en kontrollsumma som mejlats ut omfattar: allt till och med dess post."""
    later = {
        "underskrifterna": [e["number"] for e in record.entries("minutes_signed")],
        "justeringen": [adjusted["number"]],
        "rättelserna": [e["number"] for e in record.entries("rectified")],
        "gallringen": [e["number"] for e in record.entries("secret_ballots_disposed")],
    }
    if record.closed is not None:
        later = dict({"mötet": [record.closed]}, **later)
    inside = [name for name, numbers in later.items() if numbers and max(numbers) <= last]
    outside = [name for name, numbers in later.items() if numbers and max(numbers) > last]
    told = ["omfattar " + " och ".join(inside)] if inside else []
    told += ["omfattar inte " + " och ".join(outside)] if outside else []
    return "Kontrollsumman för post %d %s." % (last, ", ".join(told))


def hidden_lines(record):
    """Säg vad som är dolt i beviset."""
    count = sum("commitment" in f for p in record.paragraphs for f in p["fields"].values())
    lines = ["%d uppgifter visas inte, men ingen har bytts ut." % count] if count else []
    for kind, name in (("rectified", "rättelse"), ("secret_ballots_disposed", "gallring")):
        found = sum(entry["kind"] == kind for entry in record.hidden)
        if found:
            lines.append(
                "OBS: %d poster om %s visas inte. De gäller något som inte får visas, eller ett"
                " annat möte." % (found, name)
            )
    return lines


def verify(content, heads=None):
    """Pröva ett bevis och ge tillbaka raderna att visa. Refused när det inte håller."""
    return examine(content, heads)[0]


def examine(content, heads=None):
    """Pröva ett bevis; ge raderna att visa, och vad som står i det att jämföra texten med."""
    evidence = read_evidence(content)
    if evidence.get("format") != FORMAT:
        raise Refused("filen har ett okänt format")
    keys_are(evidence, "format body meeting previous_hash ledger minutes", "beviset")
    hashes = check_chain(evidence)
    record = Record(evidence)
    check_once(record)
    adjusted = adjusted_by(record)
    data, whole = adjusted["data"], adjusted["kind"] == "minutes_adjusted"
    fixed_at = check_minutes(record, adjusted)
    version = fixed(record, adjusted)[1]
    reworded = check_after(record)
    if whole:
        check_whole(record, version)
    signed = check_signatures(record, data, True)
    for other in {row["version"]: row for row, _ in fixed_at.values()}.values():
        if other is not data:
            check_signatures(record, other, False)
    decisions = check_decisions(record, fixed_at, version)
    opened, secret, gone, renamed = check_polls(record, fixed_at)
    head, last = evidence["minutes"]["head"], evidence["ledger"][-1]
    lines = [
        "%s, mötet %s" % (head["body"]["name"], head["opened"][:10]),
        "Liggaren: %d poster hänger ihop." % len(hashes),
        "Texten är den som justerades: sha256 %s" % data["sha256"],
        "Underskrifter: " + ("; ".join(signature(row) for row in signed) or "-"),
        "Beslut: %d stämmer. Öppna voteringar: %d omräknade." % (decisions, opened),
    ]
    if data["by_decision"] is not None:
        lines.append("Justerat av ett senare möte, genom beslut %s." % data["by_decision"])
    if secret:
        text = ", rösterna i %d är gallrade" % gone if gone else ""
        lines.append("Slutna voteringar: %d stämmer med liggaren%s." % (secret, text))
    lines += ["Namnet %s står som %s." % pair for pair in sorted(renamed)]
    lines += ["Ett beslut fick nya ord före justeringen: %s" % row["reason"] for row in reworded]
    lines += hidden_lines(record)
    lines += [
        "Rättelse %s: %s -> %s" % (row["decided_on"], row["stood"], row["shall_stand"])
        for row in record.rows("rectified")
    ]
    when = last["recorded_at"][:16].replace("T", " ")
    lines.append("Beviset räcker till post %d, %s UTC." % (last["number"], when))
    if heads is not None:
        numbers = check_heads(heads, evidence, hashes)
        lines.append(covered(record, adjusted, max(numbers)))
        lines.append("Kontrollsummor som mejlats ut: %d stämmer." % len(numbers))
    return lines, to_compare(record)


def signature(row):
    """Skriv vem som skrev under, och som vad."""
    return "%s, %s" % (row["name"], SIGNERS.get(row["role"], row["role"]))


def to_compare(record):
    """Skriv vad som beslutades i varje paragraf, att jämföra med texten som man läser."""
    lines = []
    for paragraph in record.paragraphs:
        name = "§ %s/%s" % (paragraph["paragraph"], paragraph["year"])
        field = paragraph["fields"]["matter"]
        if "value" not in field:
            lines.append("%s visas inte: %s" % (name, field["reason"]))
            continue
        matter = field["value"]
        lines.append("%s %s. %s" % (name, matter["title"], matter["outcome"] or matter["state"]))
        for decision in matter["decisions"]:
            lines += ["  att " + clause for clause in decision["clauses"]]
        lines += ["  " + counted(poll) for poll in matter["polls"]]
    return lines


def counted(poll):
    """Skriv en voterings resultat på en rad."""
    result = poll["result"]
    if poll["election"]:
        drawn = poll["lot"]["drawn"] if poll["lot"] else []
        votes = ", ".join("%s %d" % (name, count) for name, count in result.get("votes", []))
        elected = "Val: " + ", ".join([*result.get("elected", []), *drawn])
        return (
            elected
            + (". Röster: " + votes if votes else "")
            + (". Lotten avgjorde" if drawn else "")
        )
    told = [
        "%s ja %d, nej %d, avstår %d" % (unit, *(result[name][k] for k in ("yes", "no", "abstain")))
        for name, unit in (("heads", "röster"), ("weight", "vikt"))
    ]
    text = "Votering: " + "; ".join(told if result["heads"] != result["weight"] else told[:1])
    return text + (
        ". Ordförandens utslagsröst avgjorde" if result.get("by") == "casting_vote" else ""
    )


# --- Svaret -------------------------------------------------------------------------------------


def plain(text):
    """Skriv en rad utan tecken som styr skärmen: de kan dölja vad som står där."""
    return "".join(
        ascii(char)[1:-1] if unicodedata.category(char) in STEERING else char for char in text
    )


STEERING = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
DAMAGED = (
    *(KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError),
    *(OverflowError, StopIteration),
)


def main(arguments):
    """Läs filerna, skriv svaret och ge tillbaka utgångskoden."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(description="Kontrollera ett protokoll från Samägt.")
    parser.add_argument("file", help="protokollets PDF, eller bevis.json")
    parser.add_argument("--heads", help="kontrollsumman som mejlades ut (JSON)")
    options = parser.parse_args(arguments)
    try:
        with open(options.file, "rb") as file:
            content = file.read()
        heads = None
        if options.heads:
            with open(options.heads, "rb") as file:
                heads = file.read()
        lines, texts = examine(content, heads)
    except (OSError, Unreadable, MemoryError) as error:
        said = str(error) or "filen är för stor"
        print(plain("GÅR INTE ATT LÄSA: %s" % said), file=sys.stderr)
        return 2
    except Refused as error:
        print(plain("UNDERKÄNT: %s" % error), file=sys.stderr)
        return 1
    except DAMAGED:
        print("UNDERKÄNT: beviset är skadat", file=sys.stderr)
        return 1
    print("GODKÄNT")
    for line in lines:
        print("  " + plain(line))
    print("Det här står i beviset. Programmet läser inte PDF:ens sidor: jämför själv.")
    for line in texts:
        print("  " + plain(line))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
