"""Words that many companies have in their names, and how much they tell.

A rare word tells one company from another; "Group" tells nothing. Weights go from 0 to
1, words that are not listed weigh 1, and abbreviations what they stand for. The lists
are of common words of business English and its neighbours, not of any data.
"""

from collections.abc import Iterable
from functools import lru_cache

from .abbreviations import ABBREVIATIONS

TELLING = 0.7  # or more: the word tells the company apart

# Join the words of a name, or say that it is a company's: people write them or not,
# wherever they stand.
LOOSE = """
fur per pour para por van von voor vom zum zur dei degli della delle dell den het aux
sur a al an at by da das de del der des di die do dos du el for im in l la las le les
los of on the und y zu
co com companies compagnie corp cos firma firm group groep groupe gruppe gruppo grupa
grup grupo gruppen holding holdings holdco topco konzern koncern concern 集团 集團
グループ ホールディングス 그룹 홀딩스 группа холдинг
zentrale zentralfinanz genossenschaft genossenschafts gesellschaft cooperatieve
cooperativa telefonaktiebolaget etablissements dr hc prof dipl beteiligungs verwaltungs
societe societa sociedad sa nv bv gmbh ltd inc llc plc limited
"""

# Say how a company is built, not what it is called, at the end of its name. Within it,
# they tell it from others: "First International Bank".
STRUCTURE = """
associates comercial commercial enterprises global globally intl international
internacional internationale internationales internasional int net org online partner
partners partnership plus sons son bros brothers hermanos freres filhos hijos sohne
figli fratelli worldwide world wide cayman islands subsidiary division branch stiftung
bund spa
"""
# Say that it is another one, which the company or its founder has given money to.
FOUNDATIONS = frozenset(["stiftung"])

# Say hardly what it does: people write one for another.
VAGUE = """
brand brands business businesses concepts enterprise industries industry product
products service services servicios solution solutions store stores system systems tech
technologies technology works verlag verlags generale handels vertriebs werke werk
"""

# Say what it does, as thousands of others do.
ACTIVITY = """
academy advertising advisors advisory aerospace agency agri agriculture agro air
aircraft airline airlines airways appliance appliances analytics apparel applied
architects asset assets audio auto automation automobile automobiles automotive aviation
baking banc banca banco bancorp bancorporation bancshares bank banking bankshares bank's
banque banks bau beauty beverage beverages bio biologics biomedical biopharma
biopharmaceutical biopharmaceuticals bioscience biosciences biotech biotechnologies
biotechnology biotherapeutics boat bond books brewery brewing broadcast broadcasting
brokers build builders building buildings cable capital car care cars casino casinos
catering cement center centers centre chem chemical chemicals chemie chimie city clean
cleaning clinic clinical clinics clothing cloud club coal coatings coffee collective
commerce commodities communication communications communities community components
computer computers computing concrete connect construction constructions constructors
consult consultancy consultants consulting consumer containers control controls copper
corporate cosmetics coverage creative credit crypto cruise data defense defence dental
department design designs development developments devices diagnostics digital direct
distribution distributors diversified dynamics ecommerce education educational electric
electrical electrics electricity electro electronic electronics energia energie energies
energy engineering engineers engines entertainment entreprise environmental equipment
equity essential estate events exchange exploration export express fabrics facilities
factory farm farms fashion fiber film films finance finances financial financials
financiere finanz first fitness food foods footwear foundation freight fuel fund funds
furniture futures gaming garden gas genetics genomics glass gold goods government grain
hardware haus health healthcare heating home homes hospital hospitality hospitals hotel
hotels house housing hydro immobilien impact import income industria industrial
industriale industrials industrias industrie industrielle infrastructure ingenieurs
innovation innovations innovative institute instrument instruments insurance integrated
intelligence interactive interior interiors internet investment investments investors
iron jewelry kitchen lab label laboratories laboratory labs land leasing legal leisure
life lifesciences lighting line lines lithium logistic logistics logistik lumber luxury
machine machinery machines management manufacturing marine maritime market marketing
markets mart maschinenbau material materials meat mechanical media medical medicine
medicines medtech merchant metal metals midstream mineral minerals mines mining mobile
mobility mortgage motor motors municipal museum music mutual network networks news
nickel nutrition office offshore oil oncology operations optical optics outdoor
outfitters packaging paint paper parks parts pay payment payments petroleum pet pharma
pharmaceutica pharmaceutical pharmaceuticals phone photo photonics pipeline plastic
plastics platform power precision preferred press print printing process processing
production productions professional professionals project projects properties property
public publishing pump quality radio rail railroad railway railways real realty
recycling refining reit reinsurance renewable renewables rental rentals research
residential resort resorts resource resources restaurant restaurants retail risk
robotics royalty rubber safety sales satellite savings school science sciences
scientific securities security semiconductor semiconductors sensors series shipping shop
shoppes shops silver social software solar source spaces specialty sports spirits
staffing staff stainless state station steel stock storage strategic strategies strategy
street studio studios sugar supplies supply support surgical surveillance sustainable
systeme tabak tankers team technic technical technik technologie tecnologia tel telecom
telecommunication telecommunications telecoms telekom telephone television term textile
textiles therapeutics therapy tobacco tool tools tours toys trade training transport
transportation transports travel trust trucking trucks university uranium utilities
utility vacations vaccines vehicle vehicles ventures video vision voice ware warehouse
waste watch water wealth web wellness wholesale wine wines wireless wood workshop
aluminium aluminum amusement animal animation annuities annuity architecture arts
assurance automobil bags bakeries bakery bearings bedding bicycles bioenergy biofuels
biosolutions biosystems boats boots bottlers bottling brake brakes bricks burger burgers
bus butchers cab cafe cafes candy cannabis carbon cargo carpet carpets cellular ceramics
cereal charter cheese chicken chips chocolate cigar cigars cinema cinemas circuits coach
cobalt college colleges commodity confectionery contracting contractors convenience
cookies cotton counsel cruises cyber dairy deli denim dentistry dialysis diamonds diesel
diner display displays dredge dredging drilling drinks drug drugs drugstores egg eggs
elevator elevators employment eyewear fasteners fertilisers fertility fertilizer
fertilizers flavors flavours flooring flowers foil forest forestry forge forging
fragrance fragrances fried frozen fruit fruits furnishings game games garments gear
gears generation gifts golf graphics graphite grill grocery guitar gym gyms gypsum hair
hearing helicopter helicopters horticulture hygiene ice imaging implants infusion
ingredients inks inn inns insulation jeans jet jets jewelers jewellers jewellery juice
kitchens laser lasers laundry lawn leather lending lens lenses lingerie liquor loan
loans lottery lubricants luggage magazine magazines mail malls maps mattress mattresses
meats memory merchandise microelectronics microsystems milk mills motion motorcycle
motorcycles motorsports moving mushroom naturals newspaper newspapers nuclear nurseries
nuts oils optronics organic organics orthopaedics orthopedics outlet outlets oven paints
parcel parking pasta pastry physicians pictures pizza pizzas plants plasma platinum
plumbing polymers pools pork poultry powder produce propane propulsion pulp pumps
quarries raceway racing railcar ranch records recruitment repair robots rolling roofing
royalties sandwich sauce sauces scale scales schools seafood seating seed seeds senior
sensing shoe shoes signs silicon ski skin slots snack snacks soap sodas soup soups spa
space spices sport sporting steak steakhouse steakhouses steels suites supermarket
supermarkets surety surgery tanker tape taxi tea telehealth testing theater theaters
theatre theatres thermal tickets tile tiles timber timeshare tire tires titanium title
titles tonic towel towers toy tractor tractors trailer trailers transit transmission
truck tubes turbines tyre tyres uniform uniforms urgent vaccine valve valves vapor
veterinary vitamin vitamins wafer waters weapons wear welding wheel wheels wind window
windows wire yacht yachts yarn yoga zinc acquisition acquisitions bitcoin ethereum etf
dividend municipals portfolio 株 银行 銀行 科技 电子 電機 建設 工業 製作所 은행 전자
건설 банк assicurazioni
assurances versicherung versicherungen versicherungs ruckversicherung ruckversicherungs
seguros verzekeringen forsikring forsakring banken sparkasse sparkassen volksbank
sportswear brauerei elektronik elektro stahl stahlwerke maschinen apparatebau anlagenbau
spedition logistica transportes immobiliare costruzioni alimentari farmaceutica
farmaceutici chimica meccanica elettronica petroleo petroleos petroli minera aceros
construcciones inmobiliaria hoteles supermercados laboratorios telecomunicaciones
telecomunicazioni electricite elettricita drogerie re vertrieb handel schuhe porzellan
schalung werkzeuge werkzeugbau mobel kuchen leuchten bauunternehmen baustoffe holz glas
papier verpackung verpackungen kunststoff kunststoffe metallbau fenster turen heizung
sanitar garten landtechnik druck druckerei buchhandlung apotheke apotheken klinik
kliniken klinikum krankenhaus pflege reisen reiseburo touristik lebensmittel
nahrungsmittel getranke backerei metzgerei fleischwaren molkerei kase brauereien weingut
sekt kaffee mode textil bekleidung spielwaren elektrotechnik antriebe pumpen armaturen
ventile messtechnik medizintechnik pharmazeutische arzneimittel chemische kosmetik
wohnbau wohnungsbau bautrager ingenieurburo architekten steuerberater rechtsanwalte
beratung personal zeitarbeit werbung medien verkehrsbetriebe stadtwerke flughafen hafen
reederei bahn bahnen entsorgung recyclinghof forschung universitat hochschule schule
akademie alimentation boissons boulangerie brasserie vins chaussures vetements meubles
jouets parfums cosmetiques pharmacie laboratoire laboratoires hopital clinique voyages
chemins batiment travaux publics peinture verre acier ciment papeterie imprimerie
edition editions presse electricien eaux assainissement conseil etudes ingenierie
informatique logiciels nucleaire petrole moteurs pneus pneumatiques universite ecole
magasins supermarches grande alimentaria alimentacion bebidas cerveceria bodegas vinos
calzados muebles juguetes farmacia cosmetica hospitales viajes aerolineas lineas aereas
construccion obras cemento cementos siderurgica ingenieria informatica consultoria
electrica electricas automoviles neumaticos tiendas almacenes universidad escuela
actividades desarrollo bevande birra vini calzature abbigliamento mobili giocattoli
arredamenti ceramica ceramiche cucine farmacie ospedale viaggi aerea lavori acciaio
acciaierie cementi ingegneria consulenza pneumatici negozi universita scuola editore
editrice motori trasporti navigazione autostrade energetica dranken bouw bouwbedrijf
schoenen meubelen speelgoed apotheek ziekenhuis reizen verzekering luchtvaart
scheepvaart staal uitgeverij advies techniek installatie installatietechniek
levensmiddelen universiteit bierbrouwerij forsakringar bryggeri bryggerier byggeri bygg
mobler skor kladesbolag apotek sjukhus resor rederi stal forlag universitet fastigheter
livsmedel ubezpieczen ubezpieczenia budownictwo budowa browar browary meble apteka
apteki szpital podroze kolej koleje wydawnictwo uniwersytet zaklady przedsiebiorstwo
alimentos cervejaria moveis calcados construtora construtoras hospitalar seguradora
transportadora siderurgia distribuidora comercio editora universidade
"""

# Say where it is or whom it is for, or praise it.
PLACE = """
africa african all alliance america american americas argentina asia asian atlantic
australia australian austria baltic bangkok belgium best big black blue brasil brazil
british california canada canadian capital central century chicago china chinese city
classic columbia continental core county czech danish delta denmark deutsche deutschland
dutch east eastern elite emirates england english espana euro europe european federal
finland finnish florida france free french general german germany gold golden grand
great greater green gulf greece hellas hellenic home hong hudson iberia imperial
independent india indian indonesia ireland irish israel italia italian italy japan
japanese jersey kingdom kong korea korean kuwait lake lakes latin london malaysia main
master metro mexico mid middle midwest modern mountain mutual national new nederland
netherlands nippon nordic north northeast northern northwest norway norwegian ocean ohio
old one open orient overseas pacific pan park penn pioneer poland polska portugal
premier premium prime pro qatar red republic rock royal russia russian saudi schweiz
scandinavian scotland scottish select shore singapore smart south southeast southern
southwest spain spanish standard star states sterling suisse trading united summit sun
super sweden swedish swiss switzerland taiwan texas thai thailand top total trans tri
true turkey turkiye uk ukraine union universal us usa valley value victoria vietnam
virginia west western white york zealand beijing shanghai changsha chengdu chongqing
dalian dongguan foshan fujian guangdong guangzhou hangzhou hebei hefei henan hubei hunan
jiangsu jinan nanjing ningbo qingdao shandong shenzhen sichuan suzhou tianjin wuhan wuxi
xiamen zhejiang zhuhai osaka kyoto nagoya seoul busan 東京 日本 中国 上海 北京 한국
svenska norsk
norske dansk suomen osterreichische schweizerische italiana italiano francaise espanola
portuguesa brasileira brasileiro mexicana mexicano chilena colombiana milano torino roma
mailand osterreich italien spanien frankreich europaische polen belgique belgie
nederlande danmark sverige norge suomi ceska cesky slovensko magyar romania bulgaria
serbia croatia hrvatska slovenija berlin berliner hamburg munchen muenchen munich koln
cologne stuttgart dusseldorf darmstadt leipzig dresden wien vienna paris lyon marseille
toulouse madrid barcelona sevilla lisboa amsterdam rotterdam utrecht eindhoven antwerpen
bruxelles brussels copenhagen kobenhavn stockholm goteborg oslo helsinki warszawa warsaw
krakow praha prague budapest dublin manchester birmingham edinburgh glasgow istanbul
ankara moscow mumbai delhi bangalore dubai cairo sydney melbourne toronto montreal
vancouver
"""

# In the names of banks and of the companies that hold them: "Hanmi Bank", "Hanmi
# Financial Corporation"
BANK_WORDS = tuple(
    "banc bancorp bancorporation bancshares bank banking bankshares financial".split()
)

# What words end in that say what a company does, in languages that write them together:
# "Kontakttechnik"
ACTIVITY_ENDS = tuple(
    "technik elektronik technologie handels handel vertriebs vertrieb gesellschaft"
    " brauerei brauereien fabrik fabriken werkzeuge maschinen betriebe bedriften"
    " versicherung versicherungen versicherungs versicherungsgruppe unternehmen"
    " maschinenbau anlagenbau apparatebau industrie industries dienstleistung"
    " dienstleistungen service services logistik systeme verlag verlage druckerei"
    " techniek bedrijf bedrijven maatschappij verzekeringen tekniikka teknik"
    " forsakring forsikring bolaget".split()
)
# What a word ends in that is two: "EagleBank", "KeyCorp", "Citigroup"
COMPOUND_ENDS = (*BANK_WORDS[:6], "corp", "group")
PLACES = frozenset(PLACE.split())
LOOSE_WORDS = frozenset(LOOSE.split())

PLACE_WEIGHT, ACTIVITY_WEIGHT, VAGUE_WEIGHT = 0.5, 0.35, 0.2
SHORT = {1: 0.5, 2: TELLING}  # by the number of letters: many names have them
WEIGHTS = {
    **dict.fromkeys(PLACE.split(), PLACE_WEIGHT),
    **dict.fromkeys(ACTIVITY.split(), ACTIVITY_WEIGHT),
    **dict.fromkeys(VAGUE.split(), VAGUE_WEIGHT),
    **dict.fromkeys([*LOOSE.split(), *STRUCTURE.split()], 0.1),
}


@lru_cache(maxsize=20_000)
def weight(word: str) -> float:
    """Return how much a folded word tells of which company it is, from 0 to 1."""
    if listed := WEIGHTS.get(word) or WEIGHTS.get(ABBREVIATIONS.get(word, word)):
        return listed
    if len(word) > 9 and word.endswith(ACTIVITY_ENDS):
        return ACTIVITY_WEIGHT
    return SHORT.get(len(word), 1.0) if word.isascii() else 1.0


def split_compounds(words: Iterable[str]) -> list[str]:
    """Return words, those apart that are a name and a word such as Bank."""
    found: list[str] = []
    for word in words:
        end = next((end for end in COMPOUND_ENDS if word.endswith(end)), "")
        if end and len(word) >= len(end) + 3 and word not in WEIGHTS:
            found.append(word.removesuffix(end))
            word = end
        found.append(word)
    return found


def is_generic(words: Iterable[str]) -> bool:
    """Tell whether no single word tells the company apart."""
    return all(weight(word) < TELLING for word in words)
