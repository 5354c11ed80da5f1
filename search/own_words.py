"""Words that the dictionary lacks or gets wrong, and compounds that are parted in our own way.

Written for what municipalities write about: a line here is cheaper than a rule.
"""


def _forms(lines: str) -> dict[str, str]:
    """Return form -> base for lines of "base: form form ..."; a base is its own base."""
    pairs = {}
    for line in lines.strip().splitlines():
        base, _, forms = line.partition(":")
        for form in (base, *forms.split()):
            pairs[form.strip()] = base.strip()
    return pairs


LEMMAS = _forms(
    """
beslut: beslutet beslutets besluten beslutens beslutar besluta beslutade beslutat beslutas beslutades beslutats beslutad beslutande
policy: policyn policyns policyer policyerna policys
ansökan: ansökans ansökning ansökningar ansökningarna ansökningen ansökningars ansökningarnas
app: appen appens appar apparna apparnas appars
anslutning: anslutningen anslutningar anslutningarna anslutningens ansluta ansluter anslöt anslutit ansluts anslutas anslöts ansluten anslutet anslutna
lag: lagar lagen lagarna lagens lagarnas lagars
kö: kön köer köerna köns köernas
kommun: kommunen kommunens kommuner kommuners kommunerna kommunernas kommuns
röst: rösten röster rösterna rösta röstar röstade röstat röstas
avtal: avtalet avtalets avtalen avtalens avtalar avtala avtalade avtalat avtalad
budget: budgeten budgetens budgetar budgetarna budgetera budgeterar budgeterade budgeterat
protokoll: protokollet protokollets protokollen protokollens protokollföra protokollförs
fullmäktige: fullmäktiges
godkänna: godkänd godkänt godkända godkändes godkändas godkännande godkännandet godkännanden
överklaga: överklagande överklagandet överklaganden överklagandena överklagad överklagat
upphandling: upphandla upphandlar upphandlade upphandlat upphandlas upphandlad
yrka: yrkande yrkandet yrkanden yrkandena yrkar yrkade yrkat
få: får fick fått fås
stöd: stödet stödets stöden
val: valet valets valen valens
råd: rådet rådets råden rådens
mål: målet målets målen målens
"""
)
"""Form -> base, where the dictionary is wrong, silent, or keeps noun and verb too far apart."""

WHOLE = frozenset(
    ["accession", "arbetsmarknad", "bokstav", "bordläggning", "dagordning", "delägare", "deltagare", "fjärdedel", "fullmäktige", "förskola", "förslag", "förvaltning", "granskare", "handling", "handläggare", "handläggning", "hundradel", "ingenting", "innehåll", "klubbslag", "kollega", "koppling", "landsting", "ledamot", "lösenord", "mottagare", "ordförande", "portfolio", "protokoll", "rapport", "register", "rättslig", "skrivbord", "slutsats", "tillräcklig", "tillägg", "transport", "tredjedel", "utslag", "variabel", "verkställighet", "överförmyndare"]
)
"""Words that look like compounds, or are, but whose parts tell nobody anything."""

PLACES: frozenset[str] = frozenset()
"""Municipalities whose names have parts: nobody who looks for a town looks for Karlstad."""

SPLIT: dict[str, tuple[str, ...]] = {
    "biblioteksapp": ("bibliotek", "app"),
    "personuppgiftsbiträdesavtal": ("personuppgift", "biträde", "avtal"),
}
"""Base -> the bases of its parts, where the rules would part it elsewhere."""

KEEP_A = frozenset(
    ["agenda", "arena", "data", "extra", "firma", "kamera", "media", "propaganda", "schema", "tema", "villa"]
)
"""Nouns that keep their last -a at the head of a compound: datakälla, schemaläggning."""

SHORT = frozenset(
    ["app", "arv", "bad", "bil", "bio", "bok", "bro", "dag", "del", "eko", "fel", "fil", "gas", "hav", "hus", "jul", "kod", "kol", "kö", "lag", "liv", "län", "lån", "lön", "mat", "mål", "nät", "ord", "ort", "prov", "rum", "råd", "sal", "sak", "sjö", "sol", "sms", "stad", "tak", "tal", "tid", "tåg", "val", "väg", "vår", "web", "år", "öl"]
)
"""Words of three letters or fewer that may be parts of compounds; others are mostly chance."""

NEVER_PARTS = frozenset(
    ["över", "under", "från", "efter", "före", "mellan", "utan", "genom", "inom", "utom", "bland", "åter", "fram", "bort", "till", "samt", "eller", "inte", "icke", "sådan", "mycket", "alla", "allt", "andra", "annan", "någon", "något", "många", "denna", "detta", "dessa", "deras", "sina", "hans", "hennes", "vilka", "vilken", "vilket", "medan", "sedan", "redan", "också", "bara", "ändå", "ännu", "aldrig", "alltid", "varje", "enligt", "både", "eftersom", "hellre", "utöver", "hade", "have", "hava", "blir", "inne", "ute", "uppe", "emot", "ifrån", "igen", "ihop", "isär", "hemma", "borta", "fast", "fort", "full", "samman", "trans", "mott", "läns", "göte", "ling", "ning", "else", "ande", "ende", "agande", "farande", "tagande", "agna", "skap", "are", "het", "heta", "lös", "fri", "bar", "sam", "eri", "dom", "erna", "rada", "ring", "ringa", "lera", "liga", "lyckad", "mäktig", "ment", "tern", "ters", "sten", "stret", "vits", "sele", "sapp", "avis", "besk", "gall", "kont", "kopp", "prog", "rapp", "sekret", "skri"]
)
"""Function words and endings, which look like parts but are none."""
