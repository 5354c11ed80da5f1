#!/usr/bin/env python3
"""Kontrollera ett protokoll från Samägt, utan Samägt.

Användning:  python3 kontrollera.py PROTOKOLL.pdf [--heads KONTROLLSUMMA.json]
             python3 kontrollera.py bevis.json    [--heads KONTROLLSUMMA.json]

Programmet behöver bara Python 3.9 eller nyare. Det läser protokollets bevis (filen bevis.json,
som också ligger inuti protokollets PDF) och prövar sex saker:

1. Filen är hel: varje tecken står där det ska (kanonisk JSON, RFC 8785).
2. Liggaren hänger ihop: varje post har en kontrollsumma (SHA-256) över posten före och sitt
   eget innehåll. Ändras en post stämmer varken den eller någon efter den.
3. Protokollets text är den som justerades: dess kontrollsumma står i liggaren.
4. De som skulle skriva under har skrivit under just den texten.
5. Besluten är de som fattades. Varje votering är den som liggaren fick när den öppnades och
   stängdes, varje öppen votering ger samma resultat när den räknas om, och varje lott faller på
   samma namn när den dras om.
6. Med --heads: posten är den som mejlades ut när mötet avslutades.

Uppgifter som inte får visas är ersatta av ett åtagande: en kontrollsumma över uppgiften och ett
hemligt tal. Det går att kontrollera att ingen har bytt ut den, men inte att läsa den.

Svar: 0 och "GODKÄNT", 1 och "UNDERKÄNT" med skälet, 2 när filen inte går att läsa.
"""

import argparse
import hashlib
import json
import re
import sys
import zlib

FORMAT = "samagt-evidence-1"
HEADS_FORMAT = "samagt-ledger-heads-1"
MINUTES_FORMAT = "samagt-minutes-1"
HEX = set("0123456789abcdef")


class Refused(Exception):
    """Beviset håller inte; texten säger varför."""


class Unreadable(Exception):
    """Filen är inget bevis."""


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
    """Plocka ut bevis.json ur en PDF: den inbäddade filen med vårt format."""
    for match in re.finditer(rb"/EmbeddedFile\b.{0,400}?stream\r?\n", content, re.DOTALL):
        raw = content[match.end() :]
        try:
            found = zlib.decompressobj().decompress(raw)
        except zlib.error:
            found = raw[: raw.find(b"endstream")].rstrip(b"\r\n")
        if FORMAT.encode() in found[:100_000_000]:
            return found
    raise Unreadable("PDF:en bär inget bevis som går att läsa")


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
        need(isinstance(entry, dict) and isinstance(entry.get("number"), int), "en post är skadad")
        for name in ("kind", "recorded_at", "hash"):
            need(isinstance(entry.get(name), str), "post %s är skadad" % entry["number"])
        need(entry["number"] == entries[0]["number"] + place, "en post saknas i liggaren")
        payload = canonical(entry_payload(evidence["body"], entry)).encode("utf-8")
        found = sha256(bytes.fromhex(previous), payload)
        need(found == entry["hash"], "post %s har ändrats" % entry["number"])
        hashes[entry["number"]] = previous = found
    return hashes


# --- 3. Protokollets text -----------------------------------------------------------------------


def closed_field(field, where):
    """Skriv ett fält så som det kontrollsummeras: ett åtagande och skälet till att dölja det."""
    if "commitment" in field:
        keys_are(field, "commitment reason", where)
        return field
    keys_are(field, "reason salt value", where)
    return {"commitment": commitment(field["salt"], field["value"]), "reason": field["reason"]}


def closed_paragraph(paragraph):
    """Skriv en paragraf så som den kontrollsummeras."""
    where = "§ %s" % paragraph.get("paragraph")
    keys_are(paragraph, "item paragraph year fields", where)
    fields = {name: closed_field(f, where) for name, f in paragraph["fields"].items()}
    return dict(paragraph, fields=fields)


def check_minutes(evidence, data):
    """Pröva att texten är den som liggaren säger justerades."""
    minutes = evidence["minutes"]
    keys_are(minutes, "head paragraphs", "protokollet")
    paragraphs = [closed_paragraph(p) for p in minutes["paragraphs"]]
    tree = {"format": MINUTES_FORMAT, "head": minutes["head"], "paragraphs": paragraphs}
    need(digest(tree) == data["sha256"], "protokollets text är inte den som justerades")
    need(minutes["head"]["meeting"] == evidence["meeting"], "beviset gäller ett annat möte")
    need(minutes["head"]["body"]["id"] == evidence["body"], "beviset gäller ett annat organ")
    said = {p["item"]: digest(p) for p in paragraphs}
    for row in data["paragraphs"]:
        need(said.get(row["item"]) == row["sha256"], "en paragraf är inte den som justerades")


# --- 4. Underskrifterna -------------------------------------------------------------------------


def check_signatures(rows, data):
    """Pröva att sekreterare, ordförande och justerare skrev under samma text."""
    mine = [row for row in rows("minutes_signed") if row["version"] == data["version"]]
    for row in mine:
        need(row["sha256"] == data["sha256"], row["name"] + " skrev under en annan text")
    roles = {row["role"] for row in mine}
    if data["by_decision"] is None:
        need({"secretary", "presiding"} <= roles, "sekreterare eller ordförande saknas")
        for paragraph in data["paragraphs"]:
            signed = [
                r for r in mine if r["role"] == "adjuster" and paragraph["item"] in r["items"]
            ]
            need(signed, "en paragraf har ingen justerare")
    return mine


# --- 5. Besluten och voteringarna ---------------------------------------------------------------


def check_decisions(evidence, rows):
    """Pröva att besluten i texten är de som liggaren fick när de fattades."""
    chained = {row["id"]: row for row in rows("decision")}
    count = 0
    for paragraph in evidence["minutes"]["paragraphs"]:
        matter = paragraph["fields"]["matter"].get("value")
        for decision in matter["decisions"] if matter else []:
            known = chained.get(decision["decision"])
            need(known is not None, "ett beslut finns inte i liggaren")
            same = all(known[n] == decision[n] for n in ("clauses", "motivation", "participants"))
            need(same and known["item"] == paragraph["item"], "ett beslut är inte det som fattades")
            count += 1
    return count


def check_polls(evidence, rows):
    """Räkna om varje öppen votering och jämför alla med liggaren.

    Ger tillbaka hur många som är öppna, slutna, och slutna med gallrade röster.
    """
    chained = chained_polls(rows)
    disposed = {p["poll"]: p for row in rows("secret_ballots_disposed") for p in row["polls"]}
    opened = secret = gone = 0
    for paragraph in evidence["minutes"]["paragraphs"]:
        matter = paragraph["fields"]["matter"].get("value")
        if not matter:
            continue
        printed = {poll["poll"] for poll in matter["polls"]}
        held = {key for key, row in chained.items() if row["item"] == paragraph["item"]}
        need(printed == held, "protokollet har andra voteringar än liggaren")
        check_invalid(matter, paragraph["item"], rows)
        for poll in matter["polls"]:
            check_poll(poll, chained[poll["poll"]])
            if not poll["secret"]:
                opened += 1
                continue
            secret += 1
            if poll["poll"] in disposed:
                same = disposed[poll["poll"]]["set_hash"] == poll["set_hash"]
                need(same, "andra röster gallrades än de som lades")
                gone += 1
    return opened, secret, gone


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
    need(sha256(lot["seed"].encode("ascii")) == lot["commitment"], "lottens tal var inte bundet")

    def ticket(name):
        return digest([lot["seed"], lot["witness_words"], name])

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


def check_heads(content, evidence, hashes):
    """Pröva att posterna är de som lämnade systemet; ge tillbaka hur många som jämfördes."""
    try:
        data = json.loads(content.decode("utf-8"))
        rows = [row for row in data["heads"] if row["body"] == evidence["body"]]
        known = data["format"] == HEADS_FORMAT
    except (UnicodeDecodeError, ValueError, KeyError, TypeError):
        raise Unreadable("filen med kontrollsummor går inte att läsa") from None
    if not known:
        raise Unreadable("filen med kontrollsummor har ett okänt format")
    inside = [row for row in rows if row["number"] in hashes]
    need(inside, "ingen av kontrollsummorna hör till det här mötet")
    for row in inside:
        same = hashes[row["number"]] == row["hash"]
        need(same, "post %s är inte den som mejlades ut" % row["number"])
    return len(inside)


def verify(content, heads=None):
    """Pröva ett bevis och ge tillbaka raderna att visa. Refused när det inte håller."""
    evidence = read_evidence(content)
    if evidence.get("format") != FORMAT:
        raise Refused("filen har ett okänt format")
    keys_are(evidence, "format body meeting previous_hash ledger minutes", "beviset")
    hashes = check_chain(evidence)
    shown = [e for e in evidence["ledger"] if "data" in e]

    def rows(kind):
        return [e["data"] for e in shown if e["kind"] == kind]

    adjusted = rows("minutes_adjusted") or rows("paragraph_adjusted")
    need(adjusted, "liggaren säger inte att protokollet är justerat")
    data = adjusted[-1]
    need(data["meeting"] == evidence["meeting"], "beviset gäller ett annat möte")
    check_minutes(evidence, data)
    signed = check_signatures(rows, data)
    decisions = check_decisions(evidence, rows)
    opened, secret, gone = check_polls(evidence, rows)
    head = evidence["minutes"]["head"]
    lines = [
        "%s, mötet %s" % (head["body"]["name"], head["opened"][:10]),
        "Liggaren: %d poster hänger ihop." % len(hashes),
        "Texten är den som justerades: sha256 %s" % data["sha256"],
        "Underskrifter: " + (", ".join("%s (%s)" % (r["name"], r["role"]) for r in signed) or "-"),
        "Beslut: %d stämmer. Öppna voteringar: %d omräknade." % (decisions, opened),
    ]
    if secret:
        text = ", rösterna i %d är gallrade" % gone if gone else ""
        lines.append("Slutna voteringar: %d stämmer med liggaren%s." % (secret, text))
    paragraphs = evidence["minutes"]["paragraphs"]
    hidden = sum("commitment" in f for p in paragraphs for f in p["fields"].values())
    if hidden:
        lines.append("%d uppgifter visas inte, men ingen har bytts ut." % hidden)
    lines += [
        "Rättelse %s: %s -> %s" % (row["decided_on"], row["stood"], row["shall_stand"])
        for row in rows("rectified")
    ]
    if heads is not None:
        count = check_heads(heads, evidence, hashes)
        lines.append("Kontrollsummor som mejlats ut: %d stämmer." % count)
    return lines


def main(arguments):
    """Läs filerna, skriv svaret och ge tillbaka utgångskoden."""
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
        lines = verify(content, heads)
    except (OSError, Unreadable) as error:
        print("GÅR INTE ATT LÄSA: %s" % error, file=sys.stderr)
        return 2
    except Refused as error:
        print("UNDERKÄNT: %s" % error, file=sys.stderr)
        return 1
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        print("UNDERKÄNT: beviset är skadat", file=sys.stderr)
        return 1
    print("GODKÄNT")
    for line in lines:
        print("  " + line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
