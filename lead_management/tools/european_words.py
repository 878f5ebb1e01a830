"""Words of names in languages of Europe that mean the same. Pure Python.

Written as `account_key` leaves them. The first of a line stands for all of them. Words
that many companies have in their names, and places whose names differ by language;
no names of companies are among them.
"""

from functools import lru_cache

_FAMILIES = """
academy akademie accademia academia akademia academie
airline fluglinie lineas linee
airport flughafen aeroporto aeropuerto aeroport luchthaven lotnisko
association verband vereniging associazione asociacion associacao stowarzyszenie
bank banco banca banque banken
brewery brauerei brasserie brouwerij bryggeri browar cervejaria cerveceria birra
broadcasting rundfunk radiodiffusion
brothers bruder gebruder gebr freres hermanos fratelli irmaos gebroeders
chemical chemie chimie chimica quimica kemi chemiczne
clinic klinik klinikum clinique clinica
company compagnie compania companhia compagnia kompanie compagnies
construction bau costruzioni construcciones construccion construcoes bouw budowa
cooperative cooperativa cooperatieve cooperatief genossenschaft
electricity electricite elettricita electricidad eletricidade
energy energie energia energi energias energetyka
engineering ingenieria ingegneria ingenierie engenharia ingenieurburo
federal bundes
food lebensmittel nahrungsmittel alimentaire alimentari alimentacion alimentos
foundation stiftung fondation fondazione fundacion fundacao fundacja stichting
gas gaz
glass glas vetro vidrio verre
group gruppe groupe grupo gruppo groep grupa gruppen koncern konzern concern
health gesundheit sante salute salud saude zdrowie
hospital krankenhaus hopital ospedale
industry industrie industria industrias industries industriale
insurance versicherung versicherungen versicherungs assurance assurances seguros
insurance assicurazioni assicurazione verzekeringen forsikring forsakring
insurance ubezpieczen ubezpieczenia versicherungsgruppe
laboratories laboratoires laboratorios laboratori labor
machine maschinen macchine maquinas machines
mill muhle moulin molino mulino
museum musee museo
oil ol petrole petroleo petroli petroleos olaj
paper papier papel carta
pharmacy apotheke pharmacie farmacia
post poste poczta
publishing verlag editions editorial editora edizioni uitgeverij forlag wydawnictwo
railway railways bahn bahnen eisenbahn ferrovie ferroviaria ferrocarriles koleje
reinsurance re ruck ruckversicherung ruckversicherungs
reinsurance ruckversicherungsgesellschaft riassicurazioni reassurance reaseguros
research forschung recherche ricerca
school schule ecole scuola escuela escola
shipping reederei
society gesellschaft societe societa sociedad sociedade maatschappij
steel stahl acero acciaio acier
telecommunications telekommunikation telecomunicaciones telecomunicazioni
tobacco tabak tabac tabaco tabacco
tourism tourismus turismo tourisme
transport transporte transportes trasporti
travel reisen viajes voyages viaggi
university universitat universite universita universidad universidade universiteit
university uniwersytet universitet uni
water wasser eau acqua agua
wine wein vin vino weingut

america american amerika amerique
antwerp antwerpen anvers
athens athina
austria austrian osterreich osterreichische osterreichischen osterreichischer autriche
barcelona barcelone
basel basle basler bale
bavaria bavarian bayern bayerische bayerischer
belgium belgian belge belgique belgie belgische
berlin berliner
bern berne berner
bologna bolognese
bremen bremer
brussels bruxelles brussel brusseler
bucharest bucuresti
budapest budapesti
cologne koln kolner
copenhagen kobenhavn kobenhavns
czech ceska cesky ceske
denmark danish dansk danske dansker
dresden dresdner
dublin
england english anglais
europe european europa europaische europeenne europea europeo
finland finnish suomen suomi
florence firenze fiorentina
france french francaise francais
frankfurt frankfurter
geneva geneve genf genfer
genoa genova
germany german deutsche deutscher deutsches deutschland allemagne
ghent gent gand
gothenburg goteborg goteborgs
greece greek hellas hellenic
hamburg hamburger
hanover hannover hannoversche
hungary hungarian magyar
iberia iberica iberico
istanbul
italy italian italia italiana italiano italien
leipzig leipziger
lisbon lisboa
london londres
lorraine lothringen
lucerne luzern luzerner
madrid
mainz mainzer
milan milano mailand milanese
moscow moskva moskau
munich munchen munchener munchner
naples napoli
netherlands dutch nederland nederlandse niederlande
norway norwegian norge norsk norske
nuremberg nurnberg nurnberger
padua padova
paris parisien parisienne
poland polish polska polski polskie
porto oporto
portugal portuguese portuguesa portugues
prague praha prag
rhine rhein
rome roma romana
scandinavia scandinavian skandinaviska skandinaviske
seville sevilla
spain spanish espana espanola espanol
stuttgart stuttgarter
sweden swedish svenska sverige
switzerland swiss schweiz schweizer schweizerische suisse svizzera svizzero
turin torino
turkey turkish turkiye turk
united unis unidos
venice venezia veneziana
vienna wien wiener
warsaw warszawa warszawski
zurich zurcher
"""
_MEANING: dict[str, str] = {}
_WORDS: dict[str, list[str]] = {}
for _line in _FAMILIES.strip().splitlines():
    for _word in _line.split():
        _MEANING.setdefault(_word, _line.split()[0])
        _WORDS.setdefault(_line.split()[0], []).append(_word)


def mean_the_same(one: str, other: str) -> bool:
    """Tell whether two words have one meaning in two languages: "Wien", "Vienna"."""
    meaning = _MEANING.get(one)
    return bool(meaning) and meaning == _MEANING.get(other)


@lru_cache(maxsize=4_000)
def translations(word: str) -> tuple[str, ...]:
    """Return a word and those that mean the same."""
    meaning = _MEANING.get(word)
    return tuple(dict.fromkeys([word, *_WORDS[meaning]])) if meaning else (word,)
