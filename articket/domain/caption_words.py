"""Words that decide about a machine's caption; a star stands for any ending."""

from typing import Final

# What nobody wants to read about themselves on a wall: true or not, the caption is dropped.
UNKIND: Final = """
fuck* motherfuck* shit shits shitty bullshit cunt* bitch* bastard* damn* crap piss* twat* wank* bollocks
prick pricks ass asses asshole* arse arses arsehole* jackass* dumbass* dick dicks dickhead* cock cocks cum
douche* slut* whore* hooker hookers prostitut* brothel* pimp pimps hell

sex sexy sexual* sexist* sexting porn* erotic* nude nudes nudity nudist* naked topless shirtless bottomless
undress* penis* vagina* vulva* breast breasts boob boobs boobies busty nipple* tit tits titty titties
cleavage butt butts buttock* bum bums crotch* genital* testicle* scrotum* anus anal groin lingerie underwear
underpants panties thong thongs bra bras bikini* orgasm* masturbat* fetish* bondage bdsm strapon stripper*
striptease blowjob* handjob* dildo* vibrator* condom* hentai nsfw milf milfs horny lust lustful seductive*
kinky incest* molest* pedo pedos pedophil* paedophil* rape raped rapes raping rapist* groping groped
intercourse pussy pussies tranny trannies shemale* gay gays lesbian* queer* homosexual* bisexual*
transgender* transvestite*

gun guns gunman gunmen handgun* rifle* pistol* shotgun* revolver* weapon* ammo knife knives dagger* machete*
blood bloody bloodied bleed* kill kills killed killing killer* murder* dead death die dies dying corpse*
suicid* bomb bombs bombing explosive* terroris* tortur* stab stabbed stabbing assault* attack* strangl*
behead* gore gory wounded injur* bruise* slaughter* noose* handcuff* arrested hostage* executed execution*
massacre* coffin* funeral* genocid* lynch* drug drugs cocaine heroin meth criminal* prisoner* inmate*
mugshot* thief thieves robber* gangster* violen* hate hates hated hateful hatred

nazi* hitler* swastika* kkk klansm* nigger* nigga* kike* spic spics chink chinks gook gooks coon coons paki
pakis wop wops fag fags faggot* dyke dykes homo homos retard* spastic* midget* cripple* gypsy gypsies
savage* racist* slave slaves monkey* ape apes gorilla* chimp chimps chimpanzee* baboon* orangutan* pig pigs

ugly uglier ugliest stupid* idiot* moron* imbecile* dumb dumber loser losers freak* creep creeps creepy
disgusting pathetic gross grotesque hideous* pervert* fool fools foolish lunatic* psycho psychos psychopath*
psychotic* insane weirdo* weird drunk drunken homeless beggar* bald balding toothless hag hags crone geezer*
granny grannies grandma* grandpa* grandmother* grandfather* elderly senile wrinkl* pregnan* disabled
handicapped wheelchair*

fat fatter fatso fatty obes* overweight underweight chubby plump skinny anorexi* scrawny stout beefy bloated
heavyset potbell*

muslim* moslem* islam* christian christians catholic* protestant* jew jews jewish judaism hindu* buddhis*
sikh* mormon* atheis* hijab* burka* burqa* niqab* turban* yarmulke* kippah* priest priests nun nuns monk
monks rabbi* imam imams religio*

asian* african* caucasian* hispanic* latino* latina* latinx arab arabs arabic oriental orientals negro*
mulatto* biracial ethnic* eskimo* aborigin* mestizo* racial* skin skinned
""".split()  # noqa: SIM905 - a list of quoted words would be five times as long

PEOPLE: Final = """
man men woman women person persons people boy boys girl girls guy guys lady ladies child children kid kids
male males female females couple couples family families baby babies toddler* teen teens teenager* student*
gentleman gentlemen someone adult adults friend friends
""".split()  # noqa: SIM905

# Said of a person these are a guess about skin, origin, age or weight; said of a coat they are not.
GUESSES: Final = """
black white brown yellow old older aged ancient ageing aging big large huge heavy thick wide broad chinese
japanese korean indian mexican american european russian turkish vietnamese thai filipino filipina pakistani
iranian iraqi israeli egyptian nigerian mongolian indonesian malaysian tibetan nepali native
""".split()  # noqa: SIM905

# What machines say instead of a caption.
FAILURES: Final = frozenset(
    """
    error errors exception traceback undefined null nan sorry unable unknown invalid lorem ipsum lora
    hypernet
    """.split()  # noqa: SIM905
)

# An English caption has at least one of these.
COMMON: Final = frozenset(
    """
    a an the two three four five several some many with in on of and at by to from near under behind beside
    between front is are wearing holding standing sitting smiling looking posing man men woman women person
    people boy boys girl girls child children couple group
    """.split()  # noqa: SIM905
)

# A caption that ends with one of these was cut off.
UNFINISHED: Final = frozenset(
    """
    a an the with in on of and or at by to for from into onto near under over behind beside between is are
    was were be being while that which who whose as his her their its my your this these those has have
    having wearing holding carrying front next
    """.split()  # noqa: SIM905
)

# After a comma A1111 hangs artists, media and fashions; only what goes on describing the photo is kept.
GOES_ON: Final = frozenset(
    """
    a an the and with in on at one two three four both each wearing holding carrying standing sitting
    smiling looking posing waving laughing leaning hugging walking
    """.split()  # noqa: SIM905
)
OF_PICTURES: Final = frozenset(
    """
    style portrait portraits painting paintings picture photo photos photograph photography image drawing
    sketch illustration poster print render rendering art artwork artstation flickr instagram pixiv
    deviantart behance unsplash shutterstock pexels cg cgsociety movement contest winner hd hdr uhd trending
    featured lens bokeh still
    """.split()  # noqa: SIM905
)
