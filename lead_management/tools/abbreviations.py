"""Words as they are shortened in the names of companies. Pure Python."""

from functools import lru_cache

from .business_terms import terms

ABBREVIATIONS = terms(
    """
    academy | acad
    accident | accd
    administration | admin
    advanced | adv
    advertising | advert
    agency | agcy
    agriculture | agric
    american | amer | amern
    applied | appl
    associates | assoc
    association | assn
    assurance | assur
    atlantic | atl
    authority | auth
    bank | bk
    banking | bkg
    broadcasting | brdcst
    brothers | bros
    builders | bldrs
    building | bldg
    canadian | cdn
    capital | cap
    casualty | cas
    center | cntr | ctr
    centers | ctrs
    central | cent
    chemical | chem
    chemicals | chems
    commercial | coml
    communications | comm | commun
    community | cmnty
    consolidated | consol
    construction | constr
    continental | contl
    department | dept
    development | dev | devel
    distribution | distr
    distributors | distrs
    division | div
    education | educ
    electric | elec
    electronics | electr
    engineering | eng | engr | engrg
    entertainment | enmt | ent | entmt
    environmental | env | environ
    equipment | equip | equp
    exchange | exch
    exploration | expl
    federal | fed
    financial | fin | finl | fncl
    foods | fds
    funding | fdg
    furniture | furn
    general | gen | genl
    government | govt
    group | grp
    health | hlth
    holding | hldg | hldng | holdg
    holdings | hldgs | hldngs | hlds
    hospital | hosp
    hospitals | hosps
    industrial | indl
    industrials | indls
    industries | ind | inds
    information | info
    institute | inst
    instruments | instr
    insurance | ins
    international | internat | intl | intnl
    investment | inv | invt
    investments | invs | invts
    laboratories | labs
    lighting | ltg
    loan | ln
    machinery | mach
    management | mgmt | mgt
    manufacturers | mfrs
    manufacturing | mfg
    market | mkt
    marketing | mktg
    markets | mkts
    materials | matls
    medical | med
    merchandise | mdse
    metropolitan | metro
    mining | mng
    mortgage | mtg | mtge
    motor | mtr
    motors | mtrs
    mountain | mtn
    mountains | mtns
    mutual | mut
    national | natl
    northeast | ne
    northwest | nw
    pacific | pac
    partner | ptnr
    partners | ptnrs
    petroleum | petro
    pharmaceuticals | pharm | pharma | pharms
    physicians | phys
    power | pwr
    products | prod | prods
    properties | pptys
    property | ppty
    publishing | pubg | publ
    railroad | rr
    railway | rwy | ry
    realty | rlty | rty
    refining | refng
    resources | res
    saint | st
    savings | svgs
    sciences | sci
    securities | sec | secs
    semiconductor | semi
    service | svc
    services | svcs
    sisters | sis
    society | soc
    solutions | solns
    southeast | se
    southwest | sw
    standard | std
    steel | stl
    systems | sys
    technologies | tech | techs
    telecommunications | telekom | telecom
    telephone | tel
    television | tele
    therapeutics | thera
    tobacco | tob
    transportation | trans | transn
    travel | trav
    trust | tr
    united | utd
    university | univ
    vehicle | veh
    water | wtr
    wholesale | whsl
    works | wks
    """
)


@lru_cache(maxsize=20_000)
def canonical(word: str) -> str:
    """Return what a word has in common with its plural and its abbreviation."""
    word = ABBREVIATIONS.get(word, word)
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


_WRITTEN_OUT = frozenset(ABBREVIATIONS.values())


def is_short(word: str) -> bool:
    """Tell whether a word is an abbreviation, or there is one of it."""
    return word in ABBREVIATIONS or word in _WRITTEN_OUT


@lru_cache(maxsize=20_000)
def written_out(key: str) -> str:
    """Return a key with its abbreviations written out."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in key.split())
