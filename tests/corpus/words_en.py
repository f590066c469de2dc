"""words_en: what issues in English are made of; written for this purpose."""

TITLES = ["Rivers and Roads Monthly", "Open Source Safety Letter", "Library and Archive News"]
SUBTITLES = ["Policy, practice and technology", "Published once a month"]
SECTIONS = ["Headlines", "Local practice", "Technology", "Security notices", "From abroad",
            "Reports and data", "Reading"]
LABELS = []  # the content format names Simplified labels only: bare addresses
COMMENTARY = []  # the content format names Simplified openings only
CAPTION = ""  # the content format names the Chinese form only
PAGE_REFERENCE = ["see page {page}", "more on page {page}"]
ROLES = ["Editor", "Proofreader", "Designer"]
PROVINCES = ["Norway", "Kenya", "Peru", "Estonia", "Portugal", "Chile", "Finland", "Vietnam"]
SURNAMES = []
NAME_HAN = ""
PINYIN = []

LISTS = {
    "syllable": ["ash", "bram", "cor", "del", "el", "fen", "gar", "hol", "ins", "kel", "lin", "mar",
                 "nor", "ost", "pen", "quil", "ros", "sel", "tor", "ul", "ver", "wen"],
    "ending": ["ford", "ham", "ton", "wick", "bury", "stead", "mouth", "dale", "port", "field"],
    "city": ["{name2}"],
    "org": ["the {city} health board", "{city} University", "the {city} water company",
            "the {city} museum", "{company}", "{company}", "the {city} port authority",
            "the {city} public library"],
    "company": ["{name2} Software", "{name2} Energy", "{name2} Shipping", "{name2} & Sons"],
    "role": ["director", "chief engineer", "spokesperson", "professor", "librarian", "farmer"],
    "topic": ["care for the elderly", "river restoration", "rural logistics", "irrigation",
              "software supply chains", "public transport", "school reading", "offshore wind",
              "digitised manuscripts", "sewer renewal", "forest fire warning", "data protection",
              "remote consultation", "food waste", "battery recycling", "bridge inspection",
              "bird habitats", "coral monitoring", "vulnerability handling", "post-quantum migration"],
    "doctype": ["Action Plan", "Handbook", "Annual Report", "Guidelines", "White Paper"],
    "doc": ["*{Topic} {doctype}*", "*{doctype} on {topic} ({year})*"],
    "issued": ["published", "adopted", "revised", "presented"],
    "goal": ["coverage", "availability", "satisfaction", "participation", "recycling"],
    "unit": ["households", "visitors", "devices", "requests", "firms", "kilometres", "volumes"],
    "thing": ["the service", "the new centre", "the pilot", "the “{name2}” system", "the register"],
    "quote": ["what took three visits can now be done from home", "we want to pass on what we learned",
              "data do not speak for themselves", "safety isn’t something you finish",
              "somebody ought to answer for every line of code", "the so-called ‘{name2} model’ is nothing unusual",
              "the standard came first, and everything else followed"],
    "said": ["said", "explained", "recalled", "insisted"],
    "task": ["improve the rules for {topic}", "set up a joint committee", "fund {topic} properly",
             "train people who know the trade", "report progress every quarter"],
    "phrase": ["shared responsibility", "long-term funding", "risk assessment", "public access",
               "quality first", "careful measurement", "cooperation across borders"],
    "tech": ["5G", "machine learning", "IPv6", "RISC-V", "Linux", "GPUs", "OCR", "UTF-8"],
    "latin": ["OpenHarbor", "Blue Heron", "Lattice DB", "Quill Editor", "NorthWind", "Tern Cloud"],
    "slug": ["news", "detail", "policy", "article", "notice", "report"],
    "question": ["Where will the money come from", "Who repairs it when it breaks", "Who owns the data"],
    "lead": ["On {date}, {subject} {issued} its {doc}.",
             "On {date}, {subject} and {org} agreed to work together on {topic}.",
             "On {date}, {subject} opened a conference on {topic} in {city}, attended by {num} delegates from {small} countries."],
    "sentence": [
        "By the end of {future}, {goal} is to exceed {pct}, with at least {num} more {unit}.",
        "Since it began on {pastdate}, {thing} has reached {num} {unit}, {pct} more than a year earlier.",
        "“{Quote},” {said} {person}, the {role}.", "{person}, {role} of {org}, {said}: “{Quote}.”",
        "{Thing} — locals call it “{name2}” — is spreading to the neighbouring districts.",
        "{question}? Nobody is certain…", "Next, {subject} will {task}, {task}, and {task}.",
        "Each team has {range} members and makes {small}–{small2} rounds a week.",
        "Mean temperature at the site was {temp} °C; the error stayed within ±{small} mm.",
        "The building covers {num} m² and opens in {future}.", "The total cost is put at {usd} (last year: {usd}).",
        "It uses {tech} and {tech}, is written for {latin} {version}, and is documented at {url} in full.",
        "{company} released {latin} under the {license} licence; questions go to {mail} at any time.",
        "The flaw, {cve}, affects {latin} {version} and earlier, and is rated {score}.",
        "Administrators should check {path} and keep a copy of the files named in {code}.",
        "Much depends on {mark} and on {mark}.", "The debate turned on {mark}, as it often does.",
        "Incomprehensibly, the interoperability requirements of telecommunications infrastructure were underestimated.",
        "It’s the inhabitants who’ll decide whether the reconstruction was worthwhile.",
        "A well-known, state-of-the-art laboratory confirmed the measurements independently.",
    ],
    "title": ["New {doctype} on {topic}", "{name2} University studies {topic}", "{company} releases {latin} {version}",
              "{latin} fixes {cve}", "{Topic}: {phrase} and {phrase2}", "{Topic} passes {pct}"],
    "heading": ["Background", "What was done", "Results", "Open questions"],
    "cell": ["{city}", "{phrase}", "{topic}", "{tech}", "{person}"],
    "header": ["Region", "Project", "Number", "Share", "Contact", "Remarks"],
    "caption": ["Progress of {topic}", "The {name2} project"],
    "bullet": ["{Task}.", "{Mark}: {task}.", "{Topic} ({small} projects)."],
    "note": ["Figures from {org}, {year}.", "See chapter {small} of the {doc}.", "Rounded to whole units."],
    "comment": ["waiting for figures", "picture by the author"],
}
