"""Given names that companies are called by, and people leave out. Pure Python."""

GIVEN_NAMES = frozenset(
    """
    achim adam adolf adrian agnes aidan alain alan albert alberto albrecht alessandro
    alexander alexandre alfonso alfred alois amadeo andre andrea andreas andres andrew
    angelo anna anthony antoine anton antonio armand arnaud arne arno arnold aron arthur
    arturo august axel baptiste bartolomeo bastian benedikt benito benjamin bernard
    bernd bernhard bertrand birgit bjorn bogdan boris bruno burkhard calvin carl carlo
    carlos cesare charles christian christoph christophe christopher claus clemens
    conrad cornelis cristiano daniel david davide dieter dimitri dirk domenico dominik
    dominique donald donato duncan eberhard edgar edmond edmund edoardo eduard eduardo
    edward egon elisabeth elizabeth emil emile emilio emily emmanuel enrico enrique enzo
    eric erich erik ernest ernesto ernst erwin esteban etienne eugen eugene eugenio
    fabio federico felipe ferdinand fernando filippo florian francesco francis
    franciszek franco francois frank frans franz fred frederic frederick frederik
    friedrich fritz gaston gebhard georg george georges gerald gerard gerd gerhard
    giacomo gianni gilbert giorgio giovanni giulio giuseppe gottfried gottlieb gregor
    gregory guido guillaume guillermo gunnar gunter gunther gustav guy hans harald
    harold harry hector heinrich helena helge helmut helmuth hendrik henri henrik henry
    herbert herman hermann holger horst howard hubert hugo humbert ignacio ingo ivan
    jack jacques jaime jakob james jan jaroslav javier jean jens jeremy jerry jim
    joachim jochen joe joel johan johann johannes john jonathan jorg jorge jose josef
    joseph juan julius jurg jurgen karl kaspar kazimierz kenneth kjell klaus konrad
    konstantin kristian kurt larry lars laszlo laura laurent lawrence leif leon leonard
    leonardo leopold lewis lorenzo lothar louis luc luca luciano lucien lucy ludovic
    ludwig luigi luis lukas maarten magnus manfred manuel marc marcel marco marcus
    margaret maria mario marius mark markus martin mary massimo mathias matteo matthew
    matthias maurice mauro max maximilian melchior michael michel miguel moritz morten
    nathan nicholas nicolas niels nils norbert olaf ole oliver olivier orlando oscar
    otmar otto ove pablo paolo pascal patrick patrik paul peder pedro per peter philip
    philippe pierre pieter pietro pim poul quentin rafael rainer ralf ralph ramon rasmus
    raul raymond regina reinhard remo renato rene renzo ricardo riccardo richard rikard
    robert roberto rocco roger roland rolf romain roman ronald rudolf rudolph rupert
    ruth salvatore samuel sarah sebastian sergio siegfried sigmund silvio simon sophie
    stanislaw stefan stefano steffen sten stephan stephen steven stig sture sven sylvain
    teodoro theo theodor theodore theodorus thibault thierry thomas tim timothy tobias
    tom tomas tomasz tommy tony torsten udo ulf ulrich umberto uwe vaclav valentin
    valerio veit victor vincent vittorio vladimir volker walter walther wenzel werner
    wilhelm wilhelmus willem willi william willy winfried wojciech wolfgang xavier yves
    yvonne
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
