"""Find the domain by which a company is known in web and e-mail addresses. No database.

SPECIFICATION

The domain of an address is the part its owner has registered: `acme.co.uk` of
`https://shop.acme.co.uk/en`. Left out, because they say nothing of the company:

* free mail and internet providers: `gmail.com`, `t-online.de` and so on, under any
  country's ending for the providers that have many (`yahoo.co.jp`);
* social networks, marketplaces and the like, where each company has a page; their own
  address without a page (`amazon.com`) is a company's web site as any other;
* addresses that can't be a company's: numbers, `localhost`.

Where companies get a name below a host (`acme.myshopify.com`), that name counts.
"""

import re

from odoo.addons.iap.tools.iap_tools import _MAIL_PROVIDERS

MAX_LENGTH = 500  # letters of an address that are looked at
MAX_HOST = 253  # letters, by the rules of the domain name system
MAX_DOMAINS = 3  # of one text

_HOST = re.compile(
    r"(?<![\w.-])(?P<host>[\w-]+(?:\.[\w-]+)+)(?![\w-])"
    r"(?:(?P<user>(?=@))|[/?#](?P<page>\w))?"
)
_ENDING = re.compile(r"(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})")

# Second levels that registries of countries have: "co" in acme.co.uk.
_SECOND_LEVELS = frozenset(
    "ac adv art asso biz co com coop ed edu eu firm gen go gob gouv gov govt gv id in"
    " ind inf info intl ltd me med mil mus name ne net nhs nic nom or org pe plc pro"
    " pvt res sch school sci tm trade tv web".split()
)

# Beside those that Odoo knows, and FREE_MAIL_LABELS
FREE_MAIL = _MAIL_PROVIDERS | frozenset(
    """
012.net.il 10minutemail.com 263.net 3mail.ie accountant.com adinet.com.uy alum.com
aon.at arnet.com.ar asia.com attglobal.net bell.net bezeqint.net biglobe.ne.jp
bigmir.net bigpond.net.au bluebottle.com bluemail.ch blueyonder.co.uk bsnl.in
btconnect.com btopenworld.com centrum.cz centurylink.net centurytel.net charter.net
chello.at chello.nl chinaren.com citromail.hu cytanet.com.cy daum.net discuz.org
docomo.ne.jp doctor.com duck.com earthlink.net eclipso.de eircom.net email.cz email.de
email.it embarqmail.com emirates.net.ae excite.com exemail.com.au ezweb.ne.jp
fastmail.com fastmail.fm fibertel.com.ar forthnet.gr freemail.de freemail.gr
freeserve.co.uk frontier.com frontiernet.net gandi.net gawab.com getnada.com globo.com
globomail.com go2.pl gotadsl.co.uk guerrillamail.com hetnet.nl hinet.net hol.gr
hughes.net hush.com hushmail.com i.softbank.jp i.ua in.gr iname.com indamail.hu
infoseek.jp inode.at interia.eu interia.pl internode.on.net inwind.it iol.ie iol.it
iprimus.com.au jubii.dk juno.com kabelbw.de kabelmail.de kpnmail.nl lavabit.com mail.bg
mail.de mail.dk mail.ee mail.kz mailbox.org mailfence.com maktoob.com mindspring.com
mts.net mweb.co.za my.com myself.com neostrada.pl netcologne.de netscape.net
netvigator.com netvision.net.il netzero.com netzero.net nifty.com ntlworld.com
numericable.fr o2.co.uk ocn.ne.jp olivemail.cn onet.eu onet.pl online.no online.ua
optimum.net optonline.net orange.net orcon.net.nz otenet.gr ovi.com ozemail.com.au
pandora.be pchome.com.tw pec.it plala.or.jp pobox.com poczta.fm poczta.onet.pl post.com
post.cz post.sk posteo.net prodigy.net quicknet.nl rediff.com roadrunner.com rr.com
runbox.com sasktel.net sharklasers.com sify.com singnet.com.sg so-net.ne.jp
softbank.ne.jp speedy.com.ar startmail.com suddenlink.net sunrise.ch swissonline.ch
sympatico.ca t-email.hu talk21.com talktalk.net tdcadsl.dk tele2.nl tele2.se
telefonica.net teletu.it telfort.nl telia.com telkomsa.net telus.net temp-mail.org
tempmail.com terra.com terra.es throwawaymail.com tlen.pl toughguy.net trashmail.com
tut.by tuta.com tuta.io tutamail.com tutanota.com tutanota.de tvcablenet.be twc.com
unitybox.de upcmail.nl usa.net versatel.nl vipmail.hu virgin.net virginmedia.com
vodafone.de vodafone.it vodamail.co.za volny.cz vsnl.com vsnl.net vtr.net walla.co.il
walla.com wavecable.com webmail.co.za westnet.com.au windstream.net wo.cn workmail.com
xtra.co.nz y7mail.com ya.com zeelandnet.nl zipmail.com.br zohomail.com zonnet.nl
""".split()
)
# Under the endings of many countries
FREE_MAIL_LABELS = frozenset(
    "yahoo hotmail live outlook gmail googlemail msn gmx aol ymail yandex icloud"
    " protonmail windowslive rocketmail tiscali wanadoo".split()
)
SHARED = frozenset(
    """
facebook.com fb.com fb.me instagram.com linkedin.com lnkd.in twitter.com x.com t.me
telegram.me tiktok.com youtube.com youtu.be vimeo.com pinterest.com snapchat.com
threads.net whatsapp.com wa.me xing.com vk.com ok.ru weibo.com wechat.com medium.com
reddit.com quora.com tumblr.com about.me linktr.ee bit.ly tinyurl.com goo.gl
wikipedia.org wikidata.org crunchbase.com glassdoor.com indeed.com yelp.com
tripadvisor.com booking.com airbnb.com amazon.com ebay.com etsy.com alibaba.com
aliexpress.com github.com gitlab.com bitbucket.org google.com maps.app.goo.gl g.page
goo.gle dropbox.com sharepoint.com yellowpages.com bloomberg.com companieshouse.gov.uk
opencorporates.com europages.com kompass.com trustpilot.com calendly.com mailchi.mp
eventbrite.com
""".split()
)
# Companies get a name below these.
HOSTS = frozenset(
    """
example.com example.net example.org
altervista.org appspot.com azurewebsites.net bigcartel.com blogspot.com business.site
canalblog.com cargo.site carrd.co cloudfront.net e-monsite.com fly.dev free.fr
github.io gitlab.io godaddysites.com herokuapp.com hubspotpagebuilder.com jimdo.com
jimdofree.com jimdosite.com kinsta.cloud mystrikingly.com myshopify.com netlify.app
notion.site odoo.com onrender.com over-blog.com pages.dev pagesperso-orange.fr
sharepoint.com shopify.com simplesite.com site123.me squarespace.com strikingly.com
tilda.ws tistory.com typepad.com tumblr.com ueniweb.com vercel.app web.app webflow.io
webnode.com webs.com weebly.com wixsite.com wordpress.com workers.dev yolasite.com
""".split()
)
_NO_DOMAIN_ENDINGS = frozenset(
    "local localhost localdomain internal lan home corp onion arpa"
    " pdf html htm php asp aspx jpg png doc docx xls xlsx txt".split()
)


def domains(text: str | None, limit: int = MAX_DOMAINS) -> list[str]:
    """Return the companies' domains that a text names, in its order.

    :param text: a web site, an e-mail address, or several of them among other words
    :param limit: how many at most
    """
    found = []
    text = (text or "")[:MAX_LENGTH].strip().lower()
    text = re.sub(r"[a-z][a-z0-9+.-]*://", " ", text)
    for match in _HOST.finditer(text):
        if match["user"] is not None:
            continue  # what stands before an @
        domain = registered(match["host"])
        shared = is_shared(domain) and (
            text[: match.start()].endswith("@")
            or match["page"]
            or match["host"].removeprefix("www.") != domain
        )
        if domain and domain not in found and not shared:
            found.append(domain)
            if len(found) == limit:
                break
    return found


def domain(text: str | None) -> str:
    """Return the first company's domain that a text names, or an empty string."""
    return next(iter(domains(text, 1)), "")


def registered(host: str) -> str:
    """Return the part of a host's name that its owner has registered.

    :return: in the letters of the domain name system; an empty string for what is none
    """
    if len(host) > MAX_HOST:
        return ""
    try:
        host = host.strip(".").encode("idna").decode()
    except UnicodeError:
        return ""
    labels = host.split(".")
    if (
        len(labels) < 2
        or labels[-1] in _NO_DOMAIN_ENDINGS
        or not _ENDING.fullmatch(labels[-1])
    ):
        return ""
    count = 2
    if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS and len(labels) > 2:
        count = 3
    if ".".join(labels[-count:]) in HOSTS and labels[-count - 1 : -count] not in (
        [],
        ["www"],
    ):
        count += 1
    return ".".join(labels[-count:])


def is_shared(domain: str) -> bool:
    """Tell whether many have addresses in a domain: it says nothing of a company."""
    return (
        domain in FREE_MAIL
        or domain in SHARED
        or domain in HOSTS
        or domain.partition(".")[0] in FREE_MAIL_LABELS
    )


def spelled(domain: str) -> str:
    """Return the letters of a domain that may spell a company's name: "acmeunited"."""
    return domain.partition(".")[0].replace("-", "")


def readable(domain: str) -> str:
    """Return a domain as people read it, with the letters of their language."""
    try:
        return domain.encode().decode("idna")
    except UnicodeError:
        return domain
