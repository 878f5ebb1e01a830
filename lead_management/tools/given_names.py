"""Given names that companies are called by, and people leave out. Pure Python."""

GIVEN_NAMES = frozenset(
    """
    adam albert alexander alfred andrew anna anthony antonio arthur benjamin bernard
    carl carlo carlos charles christian christopher daniel david donald edward elizabeth
    emil emily eric ernst eugene francesco francis francois frank franz fred frederick
    friedrich georg george georges gerald giovanni giuseppe gustav hans harold harry
    heinrich helena henri henry herbert hermann howard hugo jack jacques james jan jean
    jerry jim joe johann johannes john jose josef joseph juan julius karl kenneth larry
    laura lawrence leon leonard lewis louis lucy ludwig luigi luis manuel marc marco
    margaret maria mario mark martin mary max michael michel miguel nicholas nicolas
    oliver oscar otto patrick paul pedro peter philip philippe pierre ralph raymond
    rene ricardo richard robert roberto roger ronald rudolf salvatore samuel sarah
    sebastian simon sophie stefan stephen steven theodor theodore thomas tim timothy tom
    tommy tony victor vincent walter werner wilhelm william
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
