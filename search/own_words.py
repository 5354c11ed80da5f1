"""Words that the dictionary lacks or gets wrong, and compounds that are parted in our own way.

Written for what municipalities write about: a line here is cheaper than a rule.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(lines: str) -> dict[str, str]:
    """Return form -> base for lines of "base: form form ..."; a base is its own base."""
    pairs = {}
    for line in lines.strip().splitlines():
        base, _, forms = line.partition(":")
        for form in (base, *forms.split()):
            pairs[form.strip()] = base.strip()
    return pairs


PLACES = _words(
    """
    bengtsfors boden bollebygd borgholm bräcke bromölla fagersta färgelanda grästorp gullspång
    hagfors hofors hultsfred hällefors höganäs kinda klippan ljusnarsberg mullsjö munkfors
    mönsterås olofström ovanåker perstorp robertsfors skinnskatteberg sotenäs storfors strömsund
    torsås vindeln vännäs ystad ånge åre
    """
)
"""Municipalities whose names are no words: nobody who looks for a stream looks for Olofström."""

LEMMAS = _forms(
    """
ska: skall skulle
beslut: beslutet beslutets besluten beslutens beslutar besluta beslutade beslutat beslutas
beslut: beslutades beslutats beslutad beslutande
policy: policyn policyns policyer policyerna policys
ansökan: ansökans ansökning ansökningar ansökningarna ansökningen ansökningars ansökningarnas
app: appen appens appar apparna apparnas appars
anslutning: anslutningen anslutningar anslutningarna anslutningens ansluta ansluter anslöt
anslutning: anslutit ansluts anslutas anslöts ansluten anslutet anslutna
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
remiss: remissen remissens remisser remisserna remissers remiss
län: läns länet länets länen länens
roll: rollen rollens roller rollers rollerna rollernas
få: får fick fått fås
stöd: stödet stödets stöden
val: valet valets valen valens
råd: rådet rådets råden rådens
mål: målet målets målen målens
"""
)
LEMMAS |= {form: place for place in PLACES for form in (place, f"{place}s")}
"""Form -> base, where the dictionary is wrong, silent, or keeps noun and verb too far apart."""

WHOLE = _words(
    """
    accession arbetsmarknad bokstav bordläggning dagordning delägare deltagare fjärdedel
    fullmäktige förskola förslag förvaltning granskare handling handläggare handläggning hundradel
    ingenting innehåll klubbslag kollega koppling landsting ledamot lösenord mottagare ordförande
    portfolio protokoll rapport register rättslig skrivbord slutsats tillräcklig tillägg transport
    tredjedel utslag variabel verkställighet överförmyndare
    """
)
"""Words that look like compounds, or are, but whose parts tell nobody anything."""

SPLIT: dict[str, tuple[str, ...]] = {
    "biblioteksapp": ("bibliotek", "app"),
    "personuppgiftsbiträdesavtal": ("personuppgift", "biträde", "avtal"),
}
"""Base -> the bases of its parts, where the rules would part it elsewhere."""

KEEP_A = _words(
    """
    agenda arena data extra firma kamera media propaganda schema tema villa
    """
)
"""Nouns that keep their last -a at the head of a compound: datakälla, schemaläggning."""

SHORT = _words(
    """
    app arv bad bil bio bok bro dag del eko fel fil gas hav hem hus jul kod kol
    kö lag liv län lån lön
    mat mål nät ord ort prov rum råd sal sak sjö sol sms stad tak tal tid tåg val väg vår web år
    öl
    """
)
"""Words of three letters or fewer that may be parts of compounds; others are mostly chance."""

NEVER_PARTS = _words(
    """
    över under från efter före mellan utan genom inom utom bland åter fram bort till samt eller
    inte icke sådan mycket alla allt andra annan någon något många denna detta dessa deras sina
    hans hennes vilka vilken vilket medan sedan redan också bara ändå ännu aldrig alltid varje
    enligt både eftersom hellre utöver hade have hava blir inne ute uppe emot ifrån igen ihop isär
    hemma borta fast fort full samman trans mott läns göte ling ning else ande ende agande farande
    tagande agna skap are het heta lös fri bar sam eri dom erna rada ring ringa lera liga lyckad
    mäktig ment tern ters sten stret vits sele sapp skön tare avis besk gall
    kont kopp prog rapp sekret
    skri
    """
)
"""Function words and endings, which look like parts but are none."""

STOP_WORDS = _words(
    """
    och att i på om för av den det de en ett som med till är har var vid från kan ska inte eller
    men så när hur vad vi ni du jag han hon man sig sin sitt sina dem dess detta denna dessa efter
    under över mot hos ut in upp då där här nu alla blir blev vara bli ha hade skall vilka vilken
    vilket the
    """
)
"""Words that say nothing about what somebody looks for; texts keep them, for the phrases."""
