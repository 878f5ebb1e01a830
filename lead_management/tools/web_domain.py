"""Find the domain by which a company is known in web and e-mail addresses. Pure Python.

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

FREE_MAIL = frozenset(
    """
126.com 139.com 163.com 189.cn 263.net 3mail.ie abv.bg accountant.com adinet.com.uy
aim.com aliceadsl.fr alice.it alum.com aol.com aon.at arcor.de arnet.com.ar asia.com
att.net attglobal.net bbox.fr bell.net bellsouth.net bezeqint.net bigpond.com
bigpond.net.au bigmir.net bk.ru blueyonder.co.uk bluewin.ch bluemail.ch bol.com.br
btconnect.com btinternet.com btopenworld.com cegetel.net centrum.cz centurylink.net
centurytel.net charter.net chello.at chello.nl club-internet.fr comcast.net
consultant.com cox.net cytanet.com.cy daum.net discuz.org doctor.com duck.com
earthlink.net eclipso.de eircom.net email.com email.cz email.de email.it embarqmail.com
engineer.com excite.com exemail.com.au fastmail.com fastmail.fm fibertel.com.ar
foxmail.com free.fr freemail.de freemail.hu freenet.de freeserve.co.uk frontier.com
frontiernet.net gandi.net gawab.com globo.com globomail.com gmail.com gmx.at gmx.ch
gmx.com gmx.de gmx.fr gmx.net gmx.us go2.pl google.com googlemail.com gotadsl.co.uk
hanmail.net hetnet.nl home.nl hotmail.com hughes.net hush.com hushmail.com i.ua
icloud.com ig.com.br iinet.net.au in.com inbox.com inbox.lv inbox.ru inode.at interia.eu
interia.pl iname.com internode.on.net inwind.it iol.ie iol.it iprimus.com.au jubii.dk
juno.com kabelbw.de kabelmail.de kpnmail.nl laposte.net lavabit.com libero.it list.ru
live.com lycos.com mac.com mail.bg mail.com mail.de mail.dk mail.ee mail.kz mail.ru
mailbox.org mailfence.com me.com mindspring.com msn.com mts.net mweb.co.za my.com
myself.com nate.com naver.com neostrada.pl netcologne.de netscape.net netvigator.com
netzero.com netzero.net neuf.fr nifty.com ntlworld.com numericable.fr o2.co.uk o2.pl
ocn.ne.jp olivemail.cn online.de online.no online.ua onet.eu onet.pl op.pl optimum.net
optonline.net optusnet.com.au orange.fr orange.net orcon.net.nz otenet.gr ovi.com
ozemail.com.au pandora.be pec.it pobox.com poczta.fm poczta.onet.pl post.com post.cz
post.sk posteo.de posteo.net prodigy.net prodigy.net.mx proton.me protonmail.ch
protonmail.com pm.me qq.com quicknet.nl rambler.ru rediffmail.com roadrunner.com
rocketmail.com rogers.com rr.com runbox.com sapo.pt sasktel.net sbcglobal.net scarlet.be
seznam.cz sfr.fr shaw.ca sina.cn sina.com singnet.com.sg sky.com skynet.be sohu.com
speedy.com.ar startmail.com suddenlink.net sunrise.ch swissonline.ch sympatico.ca
t-online.de talk21.com talktalk.net tdcadsl.dk tele2.nl tele2.se telefonica.net
telenet.be teletu.it telfort.nl telia.com telkomsa.net telus.net terra.com terra.com.br
terra.es tin.it tiscali.co.uk tiscali.fr tiscali.it tlen.pl tom.com toughguy.net tut.by
tuta.com tuta.io tutamail.com tutanota.com tutanota.de tvcablenet.be twc.com ukr.net
unitybox.de uol.com.br upcmail.nl usa.com usa.net verizon.net versatel.nl videotron.ca
vip.qq.com virgilio.it virgin.net virginmedia.com vodafone.de vodafone.it vodamail.co.za
voila.fr volny.cz vtr.net wanadoo.es wanadoo.fr wavecable.com web.de webmail.co.za
westnet.com.au windowslive.com windstream.net workmail.com wp.pl xs4all.nl xtra.co.nz
y7mail.com ya.com ya.ru yahoo.com yandex.com yandex.ru yeah.net ymail.com zeelandnet.nl
ziggo.nl zipmail.com.br zoho.com zohomail.com zonnet.nl bluebottle.com docomo.ne.jp
ezweb.ne.jp softbank.ne.jp i.softbank.jp so-net.ne.jp biglobe.ne.jp plala.or.jp
infoseek.jp hinet.net pchome.com.tw 21cn.com aliyun.com chinaren.com wo.cn
emirates.net.ae eim.ae walla.com walla.co.il
012.net.il netvision.net.il maktoob.com rediff.com sify.com vsnl.com vsnl.net bsnl.in
freemail.gr hol.gr in.gr forthnet.gr citromail.hu t-email.hu vipmail.hu indamail.hu
mailinator.com guerrillamail.com 10minutemail.com yopmail.com trashmail.com
temp-mail.org sharklasers.com dispostable.com getnada.com maildrop.cc tempmail.com
throwawaymail.com
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
    text = _prepared(text)
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


def _prepared(text: str | None) -> str:
    text = (text or "")[:MAX_LENGTH].strip().lower()
    return re.sub(r"[a-z][a-z0-9+.-]*://", " ", text)


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
