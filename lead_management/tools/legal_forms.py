"""The legal forms that companies carry in their names, by country.

A table of facts: which forms there are is published as the ISO 20275 list of entity
legal forms (ELF). Written as `account_key.fold` leaves them: without dots, accents and
capital letters, and initials written together ("S. p. A." is "spa", "Sp. z o.o." is
"sp z oo"). A chain such as "GmbH & Co. KG" needs no entry: forms are taken off one
after the other.
"""


def _forms(text: str) -> tuple[str, ...]:
    return tuple(" ".join(form.split()) for form in text.split(","))


# Behind the name, and in front of it where FRONT or CAUTIOUS_FRONT says so.
BY_COUNTRY = {
    "International": """
        co, company, corp, corporation, inc, incorporated, limited, ltd, llc,
        llp, lp, plc, coltd, cos, coinc, jsc, ojsc, cjsc, pjsc, joint stock
        company, private limited company, limited liability company, limited
        partnership, joint stock co, limited liability co, public joint stock
        company, pc, ltda, limited liability partnership, public limited
        company, lllp, pllc, closed joint stock company, open joint stock
        company, cia, lc, in liquidation, in administration, in receivership,
        class a, class b, class c, cl a, cl b, adr, sponsored adr
    """,
    "United States": """
        na, national association, pa, psc, gp, incorporation
    """,
    "United Kingdom, Ireland": """
        cic, cio, clg, dac, uc, unlimited, unlimited company, teo, teoranta, cpt,
        ccc, cyf, cyfyngedig, sicav, icav, ultd, company limited by guarantee,
        designated activity company, public ltd co, public ltd company, cga,
        community interest company, public limited co, pcc, icc
    """,
    "Canada": """
        ltee, limitee, ulc, incorporee, senc, sencrl, cie
    """,
    "Australia, New Zealand": """
        pty, pty ltd, proprietary limited, nl, no liability, tapui limited
    """,
    "South Africa": """
        rf, npc, soc, cc, close corporation
    """,
    "Germany, Austria, Switzerland, Liechtenstein": """
        ag, gmbh, gesmbh, ges mbh, mbh, ggmbh, kg, kgaa, ohg, ug, gbr, ek, ev,
        eg, ewiv, ek fm, ekfr, ekfm, og, keg, vvag, haftungsbeschrankt,
        aktiengesellschaft, kommanditgesellschaft, gag, gesellschaft mit
        beschrankter haftung, gemeinnutzige gmbh, aor, offene
        handelsgesellschaft, partg, partgmbb, part mbb, partmbb,
        unternehmergesellschaft, eingetragene genossenschaft, invag,
        eingetragener verein, co kg, kommanditgesellschaft auf aktien, sagl,
        genossenschaft, anstalt, reg gen, stille gesellschaft, partnerschaft
        mbb, partg mbb, mbb, egbr, egen, in grundung, gmbh il, gmbh gr,
        partnerschaftsgesellschaft, partnerschaftsgesellschaft mbb, in
        insolvenz, eingetragenes unternehmen, eingetragener kaufmann,
        eingetragene kauffrau
    """,
    "France, Belgium, Luxembourg, Monaco, French-speaking Africa": """
        sa, sarl, sas, sasu, eurl, sca, scs, snc, sci, scop, gie, selarl, sprl,
        bvba, cvba, bv, nv, scrl, srl, asbl, vzw, cv, societe anonyme, societe a
        responsabilite limitee, sc, secs, earl, societe par actions simplifiee,
        sarlau, comm v, commv, vof, aisbl, societe commandite par actions,
        soparfi, scsp, sa rl, sa rl s, sarl s, sarls, sas u, besloten
        vennootschap, naamloze vennootschap, sam, spf, saic
    """,
    "Netherlands, Caribbean": """
        bv, nv, cooperatief, ua, stichting, vba
    """,
    "Spain, Portugal": """
        sl, slu, sau, sll, slne, sal, scl, scoop, s coop, scp, sad, sociedad
        anonima, sociedad limitada, lda, unipessoal, sgps, cb, sociedad anonima
        unipersonal, sociedade anonima, unipessoal lda, crl, sociedad de
        responsabilidad limitada, limitada, eirl, sociedad anonyma
    """,
    "Italy, San Marino": """
        spa, srl, srls, sapa, sas, snc, scarl, scrl, scpa, societa per azioni,
        societa a responsabilita limitata, soc coop, onlus, sb, societa benefit, a
        socio unico, in liquidazione, coop, arl
    """,
    "Denmark, Norway, Sweden, Finland, Iceland": """
        as, aps, ks, ivs, amba, asa, ans, sf, ab, publ, hb, kb, ek for, oy, oyj,
        abp, ky, ay, osk, tmi, ehf, hf, ohf, slf, svf, aktiebolag, aktiebolaget,
        aktieselskab, osakeyhtio, julkinen osakeyhtio, anpartsselskab, oy ab,
        nuf, fmba, interessentskab, likvidation, under konkurs, aksjeselskap,
        allmennaksjeselskap, handelsbolag, kommanditbolag
    """,
    "Estonia, Latvia, Lithuania": """
        ou, tu, uu, sia, uab, mb, vsi, osauhing, akcine bendrove, aktsiaselts,
        uzdaroji akcine bendrove, akciju sabiedriba, ps, ik
    """,
    "Poland, Czechia, Slovakia": """
        sp zoo, sp z oo, spzoo, spzo o, sa, ska, spk, sp k, spj, sp j, spolka z
        ograniczona odpowiedzialnoscia, spolka akcyjna, sp kom, psa, spolka
        komandytowa, sro, spol sro, as, ks, vos, spol s ro, s ro, v likvidaci, w
        likwidacji, spolecnost s rucenim omezenym, akciova spolecnost, druzstvo,
        sp p, spolocnost s rucenim obmedzenym, akciova spolocnost, zapsany
        spolek
    """,
    "Hungary, Romania, Bulgaria, Moldova": """
        kft, zrt, nyrt, rt, bt, kkt, korlatolt felelossegu tarsasag, nkft,
        reszvenytarsasag, zartkoruen mukodo reszvenytarsasag, sa, srl, pfa, srld,
        srl d, ood, eood, ad, ead, adsits, еоод, оод, ад, еад, nyilvanosan mukodo
        reszvenytarsasag, ет, сд
    """,
    "Slovenia, Croatia, Serbia, Bosnia, North Macedonia, Albania, Kosovo": """
        doo, dd, jdoo, ad, dno, kd, dooel, shpk, sha, obrt, drustvo s ogranicenom
        odgovornoscu, akcionarsko drustvo, sh pk, sh a, druzba z omejeno
        odgovornostjo, delniska druzba, доо, ад, дооел
    """,
    "Greece, Cyprus, Malta": """
        ae, epe, ike, αε, επε, οε, εε, ικε, abee, αβεε, aebe, αεβε, ανωνυμη
        εταιρεια, monoprosopi, μονοπροσωπη
    """,
    "European Union": """
        se, sce, geie, eeig, societas europaea, sicar
    """,
    "Turkey": """
        as, ltd sti, ltd sirketi, limited sirketi, anonim sirketi, sti, ao, san tic,
        tic san, ticaret sanayi, sanayi ticaret, tic, kol sti, anonim ortakligi,
        sirketi, sanayi
    """,
    "Russia, Ukraine, Belarus, Kazakhstan, Armenia, Georgia": """
        ooo, oao, zao, pao, tov, odo, npao, chao, tdv, ооо, оао, зао, пао, нао, ао,
        ип, тов, тоо, ат, пат, прат, общество с ограниченной ответственностью,
        акционерное общество, пп, тдв, публичное акционерное общество, закрытое
        акционерное общество, чуп, одо, открытое акционерное общество, товариство з
        обмеженою відповідальністю, приватне акціонерне товариство, публічне
        акціонерне товариство, гуп, фгуп, индивидуальный предприниматель, фізична
        особа підприємець, фоп, ооодо
    """,
    "India, Pakistan, Bangladesh, Sri Lanka": """
        pvt, pvt ltd, private limited, pte, opc, p ltd, smc, pvt limited, private
        ltd, pvtltd, pltd, guarantee limited
    """,
    "Singapore, Malaysia, Indonesia, Philippines, Brunei": """
        pte ltd, pte limited, bhd, sdn bhd, sdn, berhad, sendirian berhad, plt, tbk,
        persero, pt, perseroan terbatas, opc, ptebhd, tbk pt, pteltd, sdnbhd
    """,
    "China, Hong Kong, Taiwan": """
        co ltd, company limited, co limited, wfoe, 有限公司, 股份有限公司,
        有限责任公司, 有限責任公司,
        股份公司, 公司, 集团有限公司, 集團有限公司, 集团股份有限公司, 集團股份有限公司,
        有限合伙, 控股有限公司
    """,
    "Japan": """
        kk, gk, yk, kabushiki kaisha, kabushiki gaisha, godo kaisha, nk, yugen
        kaisha, goshi kaisha, gomei kaisha, kabushikigaisha, tk, 株式会社, 有限会社,
        合同会社,
        合資会社, 合名会社, 株, 有, 合, kabushikikaisha, 一般社団法人, 一般財団法人
    """,
    "Korea": """
        주식회사, 유한회사, 유한책임회사, 합자회사, 합명회사, 주, 유, chusik hoesa,
        jusik hoesa, yuhan hoesa
    """,
    "Thailand, Vietnam, Cambodia, Myanmar": """
        pcl, public company limited, public co ltd, public company, จํากัด, public
        co limited, มหาชน, บริษัท, ห้างหุ้นส่วนจํากัด, หจก, บจก, tnhh, cong ty tnhh,
        cong ty co phan, ctcp, tnhh mtv, mtv, บมจ, cong ty trach nhiem huu han, cong
        ty tnhh mtv, cong ty cp, cong ty, cong ty tnhh mot thanh vien
    """,
    "Mexico, Central America, Colombia, Andes": """
        sa de cv, sab de cv, sab, sapi de cv, sapi, s de rl, sc de rl, s de rl
        de cv, srl de cv, sapib de cv, sofom enr, sofom, spr de rl, ac, sa cv,
        sociedad anonima de capital variable, sas esp, esp, sociedad por
        acciones simplificada, ltda, spa, saa, saic, sa esp, sas, sacv, s de rl
        cv, sade cv, sacif, saci, saicf, sac, compania anonima, sapic, eirl,
        sociedad anonima cerrada, sociedad anonima abierta
    """,
    "Brazil": """
        ltda, sa, epp, eireli, ltda me, ltda epp, mei, ss ltda, sociedade limitada,
        companhia aberta, slu, cooperativa
    """,
    "Argentina, Uruguay, Paraguay": """
        saicfi, sacifia, saeca, saci
    """,
    "Arab countries, Israel, Iran": """
        wll, fze, fzc, fzco, fz llc, fzllc, sal, saog, saoc, qsc, qpsc, kscp, ksc,
        kpsc, bsc, sae, jsc, psc, spc, שמ, בעמ, ש מ, شمم, ذمم, شمع, شذمم, psjc,
        dmcc, شركة مساهمة, شركة ذات مسؤولية محدودة, شركة, sarl
    """,
    "Offshore centres": """
        spv, igf, ibc, exempted company, sezc, scc
    """,
}

# Always in front in some country, and no word of any language that matters.
FRONT = _forms(
    """
    pt, ooo, oao, zao, pao, ооо, оао, зао, пао, нао, ао, ип, тов, тоо, ат, пат,
    прат, пп, uab, sia, 株式会社, 有限会社, 合同会社, 株, 有, 合, 주식회사, 유한회사,
    주, 유, บริษัท, บจก,
    บมจ, ห้างหุ้นส่วนจํากัด, หจก, cong ty, cong ty tnhh, cong ty co phan, cong ty
    cp, cong ty tnhh mtv, cong ty trach nhiem huu han, ctcp, kabushiki kaisha, cong
    ty tnhh mot thanh vien, societe anonyme, societa per azioni, شركة, akciova
    spolecnost, aktiebolaget, osakeyhtio, aktieselskabet, aktsiaselts, общество с
    ограниченной ответственностью, акционерное общество, stichting, публичное
    акционерное общество, закрытое акционерное общество, фгуп, гуп, открытое
    акционерное общество, товариство з обмеженою відповідальністю, приватне
    акціонерне товариство, публічне акціонерне товариство, sarl, perseroan terbatas,
    индивидуальный предприниматель, фоп, нк, гк, gmbh, kft, zrt, dr ing hc, dr ing,
    prof dr ing, dipl ing
    """
)
# In front too, but also initials ("AB Foods", "SA Power"): taken off only where a word
# is left that tells the company apart. So is the honour of Dutch companies.
CAUTIOUS_FRONT = _forms(
    "ab, as, ou, oy, nv, bv, sa, sas, srl, spa, kk, gk, koninklijke"
)

# Written without a space before or after the name.
GLUED = _forms(
    """
    株式会社, 有限会社, 合同会社, 合資会社, 合名会社, 一般社団法人, 集团股份有限公司,
    集團股份有限公司, 集团有限公司, 集團有限公司,
    股份有限公司, 有限责任公司, 有限責任公司, 有限公司, 股份公司, 주식회사, 유한회사,
    유한책임회사, บริษัท,
    ห้างหุ้นส่วนจํากัด, จํากัด
    """
)

_BY_COUNTRY = {name: frozenset(_forms(forms)) for name, forms in BY_COUNTRY.items()}
BEHIND = frozenset().union(*_BY_COUNTRY.values())

# Forms of North America, which registers there also give to companies of elsewhere
_AMERICAN = frozenset(_forms("inc, incorporated, corp, corporation, llc, na, lc"))
# Words and names of people as well: "Acme Spa", "Restaurant Sam"
_WORDS_TOO = frozenset(_forms("earl, epp, mei, sac, sal, sam, sia, spa"))
_TITLES = frozenset(_forms("dr, dipl, prof"))
# Of any country, or of none
_ANYWHERE = frozenset(("International", "European Union"))


def countries(form: str) -> frozenset[str]:
    """Return of which countries a legal form is, by the groups of the table.

    :param form: as `account_key.fold` leaves it
    :return: empty, if it tells nothing
    """
    found: set[str] = set()
    for word in (form,) if form in BEHIND else form.split():
        if word in _AMERICAN:
            found.add("America")
        found.update(
            name
            for name, forms in _BY_COUNTRY.items()
            if name not in _ANYWHERE and word in forms
        )
    return frozenset(found)


def may_be_a_word(form: str) -> bool:
    """Tell whether what is taken for a legal form is written like a part of the name.

    :param form: as it is written, "Spa"; not "SpA", "SPA"
    """
    return form.istitle() and form.casefold() in _WORDS_TOO


def has_title(form: str) -> bool:
    """Tell whether a person's title is part of what goes as a legal form.

    :param form: as `account_key.fold` leaves it, "dipl ing gmbh"
    """
    return not _TITLES.isdisjoint(form.split())


def are_of_other_countries(one: str, other: str) -> bool:
    """Tell whether no country has both legal forms: "AB" and "Corp"."""
    ours, theirs = countries(one), countries(other)
    return bool(ours and theirs) and not ours & theirs
