"""The running text of the demo's pages, written for this site, and which tables stand where."""

from typing import Any

from boras_site.demo.facts import (
    COOPERATION,
    DRUGS,
    ELIGIBLE,
    FIRES,
    FOOD,
    GRADE_POINTS,
    GRADES_ALL,
    HOME_CARE,
    NKI,
    NKI_FOOD,
    NKI_PERMITS,
    VIOLENCE,
)
from comparisons.models.pages import Weave
from comparisons.terms import Statistic

HOME_INTRODUCTION = (
    "<p>Varje år jämförs Sveriges 290 kommuner i Öppna jämförelser. Här ser du vad som går bra "
    "i Borås, vad som går sämre och vad vi gör åt det.</p>"
)
INDEX_INTRODUCTION = "<p>Välj ett tema för att se hur Borås står sig och vad vi gör för att bli bättre.</p>"

_MEDIAN = (2, "Riket", Statistic.MEDIAN)
_ALL_SCHOOLS, _CITY_SCHOOLS = "alla skolor", "kommunala skolor"

SAFETY: dict[str, Any] = {
    "title": "Trygghet och säkerhet",
    "slug": "trygghet-och-sakerhet",
    "edition_year": 2017,
    "summary": "Bränder, brott och krisberedskap.",
    "weave": Weave.TABBY,
    "responsible_unit": "Stadsledningskansliet",
    "conclusion": (
        "2017 hann färre bränder i byggnader sprida sig i Borås än i mediankommunen, räknat per invånare. "
        "Men fler brott anmäldes än i mediankommunen, och i krisberedskap tappade vi en poäng."
    ),
    "introduction": (
        "<p>Öppna jämförelser görs av SKL, Sveriges Kommuner och Landsting (numera SKR, Sveriges "
        "Kommuner och Regioner). Undersökningen omfattar alla 290 kommuner. Årets rapport handlar "
        "särskilt om bränder i bostäder och om hur kommunerna förebygger bränder hos enskilda "
        "personer.</p>"
    ),
    "key_figures": [FIRES, VIOLENCE, COOPERATION],
    "against": ("Riket", Statistic.MEDIAN, ""),
    "results_introduction": (
        "<p>Här visar vi hur Borås ligger till inom brandskydd, brott och krisberedskap. "
        "Längre ner berättar vi vad vi gör för att förbättra.</p>"
    ),
    "results": [
        {
            "heading": "Brandskyddsarbete",
            "texts": [
                "<p>Borås har få utvecklade bränder i förhållande till antalet invånare. Det är "
                "ett tecken på att rutinerna fungerar och att beredskapen är god.</p>"
                "<p>Borås hör till de 34 % av kommunerna där brandskyddet anpassas för personer "
                "som har en förhöjd risk att drabbas av brand. Arbetet gör vi tillsammans med "
                "Räddningstjänsten i Borås, och vi följer råden från MSB.</p>",
                ("note", "<p><b>MSB</b> betyder Myndigheten för samhällsskydd och beredskap.</p>"),
                "<p>Stadens eget systematiska brandskyddsarbete är mest ett stöd till "
                "förvaltningar och enheter. De ska planera, utbilda, dokumentera, kontrollera och "
                "följa upp. Varje förvaltning ska ha ett brandskyddsombud. Ombudet är kontakt för "
                "säkerhetsenheten på CKS.</p>",
                (
                    "note",
                    "<p><b>CKS</b> betyder Centrum för kunskap och säkerhet. Det är en del av "
                    "Stadsledningskansliet.</p>",
                ),
            ],
            "tables": [{"file": "trygghet_2017", "caption": "Brandförebyggande arbete", "latest": _MEDIAN}],
        },
        {
            "heading": "Våldsbrott, stöld och skadegörelse",
            "texts": [
                "<p>Våldsbrott och stölder ligger kvar nära nivån i förra mätningen, och "
                "skadegörelsen har minskat något. Alla tre är högre än medianen i riket.</p>"
                "<p>Många våldsbrott sker i centrum, mest kring nattlivet på helgerna. För att "
                "förebygga dem samtalar vi med krögarna och håller kurser i ansvarsfull "
                "alkoholservering. Polisen finns på plats i centrum.</p>"
                "<p>Grannsamverkan är ett sätt att förebygga stölder. Tillsammans med polisen och "
                "AB Bostäder har vi börjat med grannsamverkan även i flerfamiljshus i "
                "Hässleholmen.</p>"
                "<p>Skräp påverkar hur trygg en plats känns. Skräp drar till sig mer skräp och kan "
                "leda till skadegörelse och klotter. När det hålls rent trivs människor och känner "
                "sig trygga där de bor.</p>"
            ],
            "tables": [
                {
                    "file": "trygghet_2017",
                    "caption": "Våldsbrott, stöld och skadegörelse",
                    "latest": _MEDIAN,
                }
            ],
        },
        {
            "heading": "Krisberedskap",
            "texts": [
                "<p>För geografiskt områdesansvar har Borås högsta poäng, precis som "
                "mediankommunen. För samverkan och ledning fick vi 8 poäng av 10. Det är en poäng "
                "mindre än året före, och mediankommunen har högsta poäng.</p>"
                "<p>Varje förvaltning har sin egen krisberedskap. Den centrala krisledningen finns "
                "på Stadsledningskansliet, under CKS. Den stöder förvaltningarna och bolagen som "
                "staden äger.</p>"
            ],
            "tables": [{"file": "trygghet_2017", "caption": "Krisberedskap", "latest": _MEDIAN}],
        },
    ],
    "improvements": [
        "<p>Det strategiska arbetet med att förebygga brott och öka tryggheten är samlat i CKS, "
        "Centrum för kunskap och säkerhet. Vi arbetar långsiktigt för att brott och organiserad "
        "brottslighet inte ska få fäste. Det gäller våldsbejakande extremism, kriminella nätverk, "
        "hedersrelaterat våld och våld i nära relationer. Det gör vi genom att bygga och vårda "
        "nätverk och samarbeten.</p>"
        "<p>I CKS finns också krisberedskapen och en enhet för stadens säkerhets- och "
        "försäkringsfrågor. Krisberedskapen blir mer och mer en del av det civila försvaret och "
        "säkerhetsskyddet.</p>"
        "<p>Under 2018 informerade och utbildade vi mer om civilt försvar och krisberedskap, både "
        "för personal och invånare. Fler unga skulle vara med i det som kallas 72-timmarsberedskap. "
        "Vi har också ett nätverk med kommunerna i Sjuhärad.</p>",
        {
            "heading": "Ny överenskommelse med polisen",
            "texts": [
                "<p>I början av 2018 skrev staden och polisen i lokalpolisområde Borås en ny "
                "överenskommelse. Den har tre spår:</p>"
                "<ul><li>barn och unga i riskzon</li><li>trygga fysiska miljöer</li>"
                "<li>kraftsamling där behoven är störst.</li></ul>"
            ],
        },
        {
            "heading": "Trygga platser",
            "texts": [
                "<p>Tillsammans med polisen och AB Bostäder arbetar vi enligt EST, Effektiv "
                "samordning för trygghet, för att offentliga platser ska vara trygga. Under 2017 "
                "gjorde vi det i Hulta och Hässleholmen.</p>"
                "<p>Vi har medborgardialoger och trygghetsvandringar för att få bättre torg, "
                "parker och skolgårdar.</p>"
            ],
        },
        {
            "heading": "Stöd till unga",
            "texts": [
                "<p>Skolan, socialtjänsten, polisen och fritidsverksamheten har riktlinjer för hur de "
                "samverkar "
                "för att hålla unga borta från brott. Det finns lokala nätverk för unga och "
                "områdesnätverk. Läs mer om "
                '<a href="https://www.boras.se/lokalsamverkan">lokal samverkan hos Borås Stad, '
                "boras.se</a>.</p>"
            ],
        },
    ],
    "links": [
        ("Öppna jämförelser hos SKR, skr.se", "https://skr.se/"),
        (
            "Öppna jämförelser hos Socialstyrelsen, socialstyrelsen.se",
            "https://www.socialstyrelsen.se/",
        ),
    ],
    "about_figures": (
        "<p>Siffrorna kommer från SKL:s Öppna jämförelser Trygghet och säkerhet. "
        "För två frågor om brandskydd saknas uppgift för 2016.</p>"
    ),
}

SCHOOL: dict[str, Any] = {
    "title": "Grundskola",
    "slug": "grundskola",
    "edition_year": 2018,
    "summary": "Betyg och behörighet i årskurs 9.",
    "weave": Weave.TWILL,
    "responsible_unit": "Grundskoleförvaltningen",
    "introduction": (
        "<p>Här jämför vi betygen i årskurs 9 med riket, för läsåret 2017/18 och två läsår bakåt.</p>"
    ),
    "key_figures": [GRADE_POINTS, GRADES_ALL, ELIGIBLE],
    "against": ("Riket", Statistic.MEAN, _ALL_SCHOOLS),
    "results_introduction": (
        "<p>Siffrorna överst gäller alla skolor i Borås. I tabellen ser du också de kommunala "
        "skolorna för sig.</p>"
    ),
    "results": [
        {
            "heading": "Betyg",
            "texts": [
                "<p>Meritvärdet i de kommunala skolorna steg kraftigt från 2017 till 2018. Det "
                "ligger drygt två poäng över medelvärdet för alla skolor i riket.</p>"
                "<p>Andelen elever i kommunala skolor som är behöriga till ett yrkesprogram ökade "
                "med 1,5 procentenheter men ligger under riket.</p>"
            ],
            "tables": [
                {
                    "file": "grundskola_2018",
                    "caption": "Betygsresultat i årskurs 9",
                    "columns": [
                        ("Borås", Statistic.VALUE, _CITY_SCHOOLS, "2018"),
                        ("Borås", Statistic.VALUE, _ALL_SCHOOLS, "2018"),
                        ("Riket", Statistic.MEAN, _ALL_SCHOOLS, "2018"),
                        ("Borås", Statistic.VALUE, _CITY_SCHOOLS, "2017"),
                        ("Riket", Statistic.MEAN, _ALL_SCHOOLS, "2017"),
                        ("Borås", Statistic.VALUE, _CITY_SCHOOLS, "2016"),
                        ("Riket", Statistic.MEAN, _ALL_SCHOOLS, "2016"),
                    ],
                    "show_standing": False,
                    "footnotes": {
                        ELIGIBLE: "Lägeskommun: eleverna räknas till den kommun där skolan ligger."
                    },
                    "note": "Alla skolor är kommunala och fristående skolor tillsammans.",
                }
            ],
        }
    ],
    "improvements": [
        "<p>Sedan den 1 januari 2017 hör alla kommunala grundskolor till en förvaltning, "
        "Grundskoleförvaltningen. Det gör ledningen och uppföljningen tydligare.</p>"
    ],
}

ELDERLY: dict[str, Any] = {
    "title": "Vård och omsorg om äldre",
    "slug": "vard-och-omsorg-om-aldre",
    "edition_year": 2022,
    "summary": "Hemtjänst, boende och läkemedel.",
    "weave": Weave.PANAMA,
    "responsible_unit": "Vård- och äldreförvaltningen",
    "introduction": (
        "<p>Socialstyrelsen och SKR gör rapporten, och det här är trettonde gången. Siffrorna "
        "kommer från en enkät till äldre våren 2022, från officiell statistik och från nationella "
        "kvalitetsregister.</p>"
    ),
    "key_figures": [FOOD, HOME_CARE, DRUGS],
    "against": ("Riket", Statistic.MEAN, ""),
    "results_introduction": "<p>Tabellen är ett urval av rapportens siffror.</p>",
    "results": [
        {
            "heading": "Vad äldre tycker",
            "texts": [
                "<p>En större andel av de äldre i Borås än i riket tycker att maten i boendet brukar smaka "
                "bra, men andelen sjönk från 80 till 77 %. Andelen som är nöjda med hemtjänsten ligger en "
                "procentenhet under riket.</p>"
            ],
            "tables": [
                {
                    "file": "aldreomsorg_2022",
                    "caption": "Vård och omsorg om äldre 2022, ett urval",
                    "latest": (2, "Riket", Statistic.MEAN),
                }
            ],
        }
    ],
    "improvements": [
        "<p>Vård- och äldreförvaltningen analyserade resultaten och gjorde handlingsplaner hösten 2022.</p>"
    ],
}

BUSINESS: dict[str, Any] = {
    "title": "Företagsklimat",
    "slug": "foretagsklimat",
    "edition_year": 2019,
    "summary": "Hur företagen ser på kommunens beslut och tillsyn.",
    "weave": Weave.SATIN,
    "responsible_unit": "Stadsledningskansliet",
    "introduction": (
        "<p>Siffrorna kommer från undersökningen Insikt. Den mäter hur företagen ser på kommunens "
        "myndighetsutövning. Sex områden ingår: brandtillsyn, bygglov, markupplåtelse, miljö- och "
        "hälsoskydd, livsmedelskontroll och serveringstillstånd. I tabellen heter brandtillsyn "
        "brandskydd.</p>"
    ),
    "key_figures": [NKI_PERMITS, NKI_FOOD, NKI],
    "against": ("Samtliga deltagande kommuner", Statistic.MEAN, ""),
    "results_introduction": (
        "<p>NKI, nöjd kund-index, går från 0 till 100. Vi visar fem av områdena och medelvärdet för alla.</p>"
    ),
    "results": [
        {
            "heading": "Så nöjda är företagen",
            "texts": [
                "<p>För bygglov är företagen nöjdare i Borås än i genomsnitt bland kommunerna som "
                "deltog. För "
                "livsmedelskontroll är de mindre nöjda.</p>"
                "<p>Företagen bedömer information, tillgänglighet, bemötande, kompetens, "
                "rättssäkerhet och effektivitet. Ett år delas in i tre tertial på fyra månader.</p>"
            ],
            "tables": [
                {
                    "file": "foretagsklimat_2019",
                    "caption": "Nöjd kund-index (NKI) efter myndighetsområde",
                    "latest": (5, "Samtliga deltagande kommuner", Statistic.MEAN),
                }
            ],
        }
    ],
}

THEMES = (SAFETY, SCHOOL, ELDERLY, BUSINESS)

READING_INTRODUCTION = (
    "<p>Alla siffror på webbplatsen är hämtade från publicerade undersökningar. Här förklarar vi hur vi "
    "jämför, och vad orden och tecknen betyder.</p>"
)
READING: list[dict[str, Any]] = [
    {
        "heading": "Så gör vi jämförelserna",
        "texts": [
            "<p>Vi visar siffrorna som källan har publicerat dem, med lika många decimaler. Källan "
            "står under tabellen, och på nyckeltalets egen sida under Om nyckeltalet. Längst "
            "ner på sidan står när texten eller en siffra senast ändrades.</p>"
            "<p>Vi jämför bara värden för samma period och samma urval. Urvalet kan till exempel vara "
            "kommunala skolor eller alla skolor. Den röda tråden är alltid Borås. Den streckade tråden är "
            "det vi jämför med.</p>"
        ],
    },
    {
        "heading": "Median, medelvärde och riket",
        "texts": [
            "<ul><li><b>Medianen</b> är det mittersta värdet när kommunerna ställs i ordning. Hälften har "
            "ett högre värde och hälften ett lägre. Kommunen i mitten kallar vi mediankommunen.</li>"
            "<li><b>Medelvärdet</b> är summan delad med antalet. Några få mycket höga värden kan dra upp "
            "det. Medianen påverkas inte på samma sätt.</li>"
            "<li><b>Rikets eget värde</b> är räknat för hela landet på en gång. Där väger en stor kommun "
            "tyngre än en liten.</li></ul>"
            "<p>De tre kan skilja sig mycket åt. Intill siffran står vilket det är. När kommunerna "
            "har svarat ja eller nej visar vi hur stor andel av dem som svarade ja.</p>"
        ],
    },
    {
        "heading": "Bättre, sämre och lika",
        "texts": [
            "<ul><li>Plus: vi har ett bättre värde än det vi jämför med.</li>"
            "<li>Minus: vi har ett sämre värde än det vi jämför med.</li>"
            "<li>Två streck: vi har samma värde.</li>"
            "<li>Ring: värdet bedöms inte, eller går inte att jämföra.</li></ul>"
            "<p>Vi skriver bättre eller sämre bara när nyckeltalet har en riktning. Då går det att säga om "
            "ett högt värde är bra eller dåligt. Har de två värdena olika många decimaler jämför vi dem "
            "med så många som båda har. När vi jämför med andra räknar vi varje skillnad, även en mycket "
            "liten.</p>"
            "<p>Skillnader och omdömen är vår egen bearbetning. Källan har publicerat värdena, men inte "
            "sagt vad som är bättre eller sämre.</p>"
        ],
    },
    {
        "heading": "Förändring över tid",
        "texts": [
            "<p>En liten förändring betyder sällan något. Därför skriver vi att värdet är ungefär som "
            "förra gången när förändringen är</p>"
            "<ul><li>mindre än 2 %, för de flesta värden</li>"
            "<li>mindre än 1 procentenhet för andelar i procent, om de inte har fördubblats eller "
            "halverats</li>"
            "<li>mindre än 2 % av skalan, för poäng och för index som har en skala.</li></ul>"
            "<p>En ny placering nämner vi alltid. Utvecklingen i tabellen visar formen och inte hur stor "
            "förändringen är.</p>"
        ],
    },
    {
        "heading": "Medelvärden för tre år, och läsår",
        "texts": [
            "<p>Några nyckeltal är medelvärden för tre år. Det står under nyckeltalets namn. Siffran för "
            "2017 är då medelvärdet för 2015, 2016 och 2017. Ett ovanligt år märks i tre år.</p>"
            "<p>För skolan betyder 2018 läsåret 2017/18.</p>"
        ],
    },
    {
        "heading": "När en siffra saknas",
        "texts": [
            "<ul><li>Tankstreck (–): värdet saknas, eller frågan ställdes inte.</li>"
            "<li>En punkt (.): värdet kan inte förekomma.</li>"
            "<li>Två punkter (..): värdet visas inte på grund av sekretess.</li>"
            "<li>Stjärna (*): för få har svarat för att värdet ska visas.</li></ul>"
            "<p>En nolla är ett värde, och svaret Nej är ett svar.</p>"
        ],
    },
]
