"""Given names that companies are called by, and people leave out. Pure Python."""

GIVEN_NAMES = frozenset(
    """
    adam adolf albert alberto alexander alfonso alfred andrew anna anthony antonio
    arthur august axel benjamin bernard bruno carl carlo carlos charles christian
    christopher claus daniel david davide dieter dirk donald eduardo edward elizabeth
    emil emilio emily enrico enrique eric erich erik ernesto ernst erwin eugene fernando
    francesco francis francois frank franz fred frederick friedrich fritz georg george
    georges gerald gerhard giovanni giuseppe guillermo gunnar gunter gunther gustav hans
    harold harry heinrich helena helmut hendrik henri henrik henry herbert hermann
    howard hugo ignacio jack jacques jaime james jan javier jean jens jerry jim joachim
    joe johan johann johannes john jorg jorge jose josef joseph juan julius jurgen karl
    kenneth klaus kurt larry laura lawrence leon leonard lewis lorenzo louis lucy ludwig
    luigi luis manfred manuel marc marco margaret maria mario mark martin mary matthias
    max michael michel miguel nicholas nicolas niels oliver oscar otto pablo paolo
    patrick paul pedro peter philip philippe pierre pieter rainer ralf ralph raymond
    reinhard rene ricardo richard robert roberto roger rolf ronald rudolf salvatore
    samuel sarah sebastian simon sophie stefan stephen steven sven theodor theodore
    thomas tim timothy tom tommy tony ulrich victor vincent walter werner wilhelm willem
    william wolfgang xavier
    """.split()
)


def may_lack_given_name(with_it: list[str], without: list[str]) -> bool:
    """Tell whether a name may be another one with a given name in front.

    :param with_it: the words of the one, "john deere"
    :param without: the words of the other, "deere"
    """
    return (
        len(with_it) > 1
        and with_it[0] in GIVEN_NAMES
        and with_it[1] == without[0]
        and with_it[1] not in GIVEN_NAMES
    )
