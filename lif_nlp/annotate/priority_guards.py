# ruff: noqa: E501 - tables of patterns, one idea per line
"""What the words of three priorities mean and what they do not: data for `priorities`.

The phrases of the framework carry a priority by themselves, but everyday words
among them ("hungry", "refuge", "perpetrator") need company, and some phrases hold
the right word in another sense ("abuse and neglect" as a stock pair, neglect by a
hospital in inquest law).  A priority without guards here works with its phrases
and near-misses alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def _any(*patterns: str) -> re.Pattern[str]:
    """One pattern of many; spaces stand for any white space or hyphen."""
    joined = "|".join(pattern.replace(" ", r"[\s\-–]+") for pattern in patterns)
    return re.compile(rf"(?<![\w-])(?:{joined})(?!\w)", re.IGNORECASE)


NEVER = re.compile(r"(?!)")
"""A pattern that matches nothing."""


@dataclass(frozen=True, slots=True)
class Guards:
    """How the words of one priority are read.

    `strong` patterns are evidence beside the framework's phrases; `weak` ones, and
    `weak_phrases` of the framework, are evidence where `company` stands beside them in
    the sentence (`company_anywhere`: in the text), or two different ones in one text.  Words covered by `masks` count for
    nothing.  `own` tells items of a list that are this harm itself.  Where
    `elsewhere` is met and `here` is not, the text speaks of other people's harm.
    `named` phrases stand for the harm even in a long list.
    """

    own: re.Pattern[str]
    strong: re.Pattern[str] = NEVER
    weak: re.Pattern[str] = NEVER
    weak_phrases: frozenset[str] = frozenset()
    company: re.Pattern[str] = NEVER
    company_anywhere: bool = False
    masks: re.Pattern[str] = NEVER
    elsewhere: re.Pattern[str] = NEVER
    here: re.Pattern[str] = NEVER


_CHILD = (
    r"child(?:ren)?(?:['’]s)?|bab(?:y|ies)(?:['’]s)?|infants?(?:['’]s)?|toddlers?|newborns?|boys?|girls?|sons?"
    r"|daughters?|siblings?|brothers?|sisters?|twins?|pupils?|school|nursery|teenagers?|adolescents?"
    r"|young (?:person|people|man|woman)|aged (?:\d|1[0-7])|(?:\d|1[0-7])[\s-](?:year|month|week|day)s?[\s-]old"
    r"|under[\s-]?(?:1[0-8]|18|five|one)s?|classmates?|foster|parent(?:s|ing)?|mother|father"
)
CHILD = _any(_CHILD)
"""Words that show that the text is about a child."""

_CARER = r"(?:mother|father|mum|dad|parents?|carers?|stepfather|stepmother|partner|paramour|grandparents?|family|home)"
_ADULT = _any(
    r"(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]\w+", r"the deceased", r"patients?", r"prison(?:er)?s?", r"inmates?",
    r"care home", r"residents?", r"nursing home", r"HMP \w+", r"detainees?", r"older (?:people|adults?)",
)
_PARTNER = (
    r"(?:ex[\s-]?)?(?:partner|husband|boyfriend|paramour|wife|girlfriend|spouse|stepfather|fiancé)s?"
)

NEGLECT = Guards(
    own=re.compile(r"neglect|home conditions|left (?:alone|unattended)|unsupervised", re.IGNORECASE),
    strong=_any(
        r"neglect(?:s|ed|ful|ing)?",
        r"under[\s-]?fed", r"starv(?:ed|ation|ing)", r"malnourish(?:ed|ment)",
        r"failure to (?:feed|supervise) (?:the|their|his|her) \w+",
        r"living conditions (?:were|was|in the (?:home|house)) (?:very |so )?(?:poor|filthy|squalid|unsafe|dirty)",
        r"(?:filthy|squalid|insanitary|unsanitary) (?:home|house|flat|conditions|living|bedroom|clothes)",
        r"(?:fluids|food|water|nutrition|meals) (?:was|were|being|had been) withheld",
        r"(?:withheld|withholding|deprived? (?:\w+ )?of) (?:food|fluids|water|nutrition)",
        r"lack of (?:appropriate |adequate |proper |parental |adult )?supervision",
        r"inadequate(?:ly)? supervis(?:ion|ed)",
        r"(?:without|no) (?:any )?adult supervision", r"graded (?:care )?profiles?", r"fend(?:ed|ing)? for (?:himself|herself|themselves)",
        r"feed(?:ing)? themselves", r"unfed", r"went without (?:food|meals|a bed|heating)", r"(?:how )?little care (?:she|he|they)", r"(?:state|condition) of the (?:house|home|kitchen|bedrooms?|flat)",
        r"(?:no|not enough|ran out of|any) food (?:in|at) (?:the |their |his |her )?(?:house|home|cupboards?|flat|fridge)", r"(?:clean|cleaning|tidy) (?:a|the) (?:house|kitchen|home|flat)",
        r"left home alone", r"not brought to (?:\w+[\s-]){0,4}(?:appointments|clinics|checks)", r"untreated (?:dental|tooth|eczema|head lice|infections?|injur\w+|burns?|decay|wounds?)",
        r"spare (?:set of )?(?:clothes|uniform|tights|shoes)", r"ate (?:other )?\w+['’]?s?['’]? leftovers",
        r"(?:care|needs) (?:was|were) not (?:being )?met (?:at home|by (?:his|her|their) (?:parents?|mother|father|carers?))",
    ),
    weak=_any(
        r"tooth ?ache", r"abscess(?:es)?", r"(?:soiled|wet) (?:napp(?:y|ies)|bed(?:ding)?|mattress)", r"underweight",
        r"poor hygiene", r"(?:poor|lack of) (?:personal )?hygiene", r"smel(?:t|led|ly|ling)(?: of urine)?", r"urine",
        r"no (?:bed|bedding|food|heating|gas|electricity|hot water|clean clothes)", r"not (?:been )?fed",
        r"(?:filthy|squalid|squalor|grubby|cluttered|infested|faeces|faecal)", r"nits",
        r"(?:inappropriate|ill[\s-]?fitting|unwashed|thin) cloth(?:es|ing)", r"asking for food|stealing food|scavenging",
        r"missed (?:\w+ ){0,2}(?:health|medical|dental|hospital|clinic|optician|immunisation)s? appointments",
        r"(?:immunisations?|appointments?|treatment|medication) (?:was|were) (?:repeatedly |often |regularly )?(?:missed|not (?:given|sought|taken))",
        r"sleep(?:s|ing)? on (?:the|a) (?:floor|sofa|bare mattress)", r"left (?:with|to care for|in the care of) (?:unsafe|unsuitable|her sibling|his sibling|younger)",
        r"left (?:on (?:his|her|their) own|by (?:himself|herself|themselves))", r"hunger", r"lice", r"scabies", r"(?:lost|losing|loses) weight", r"washing (?:her|his|their) (?:uniforms?|clothes)", r"g(?:a|i)v(?:e|ing) (?:her|him|them) breakfast",
        r"mattress(?:es)? on the", r"leftovers", r"severe decay", r"decay", r"cold and", r"unwashed", r"no bottles", r"thrown out", r"kitchen was (?:clean|dirty)", r"bare mattress(?:es)?", r"rotting|decayed teeth",
    ),
    weak_phrases=frozenset({
        "hungry", "dirty", "hoarding", "lack of food", "weight loss", "malnutrition", "faltering growth",
        "head lice", "left alone", "left unattended", "unsupervised", "good enough", "basic care",
        "was not brought", "unkempt", "unhygienic", "tooth decay", "lack of supervision", "home conditions",
        "obesity", "lifestyle", "toothache", "accidents", "thrown out", "no boundaries",
    }),
    company=_any(_CHILD, _CARER),
    company_anywhere=True,
    masks=_any(
        r"(?<!domestic\s)(?<!sexual\s)(?<!physical\s)(?<!emotional\s)(?<!substance\s)(?<!drug\s)(?<!alcohol\s)"
        r"(?:abuse|maltreatment|cruelty)(?:,? and/or|,? and|,? or|/|,| &) (?:serious |severe )?neglect(?:ed)?",
        r"abused?(?: and/or|/| or| and) neglected", r"neglected (?:or|and|and/or) abused",
        r"neglect(?: and| or| and/or|/) (?:other (?:forms of )?)?(?:abuse|maltreatment)(?! of (?:drugs|alcohol))",
        r"self neglect(?:ing|ful|s|ed)?", r"elder neglect", r"(?:adult|elder) abuse (?:and|or) neglect",
        r"neglect of (?:an |the |vulnerable |older )?adults?", r"wilful neglect of (?:a )?patients?",
        r"(?:contributed to|caused|aggravated|exacerbated|accelerated|influenced|compounded) by (?:the |a |his own |her own )?neglect",
        r"neglect (?:contributed|caused|led) to (?:\w+ ){0,3}death", r"neglect (?:also )?contributed",
        r"neglect (?:by|on the part of) (?:the |an? )?(?:\w+[\s-]){0,4}?(?:hospital|trust|staff|prison|team|nurses?|doctors?|ward|authorit(?:y|ies)|council|service|company|employer|clinic|surgery|home|GP)",
        r"(?:conclusion|finding|verdict|rider|question|issue|definition|test|threshold|possibility) (?:of|for) (?:\w+ )?neglect",
        r"amount(?:s|ed|ing)? to (?:gross )?neglect", r"(?:and|with|plus|, ) ?neglect as a rider",
        r"(?:natural causes|misadventure|accident(?:al death)?|suicide),? (?:and|with|to which|contributed to by) neglect",
        r"to which neglect contributed", r"neglect (?:was|is) (?:made out|found by the (?:jury|coroner))",
        r"neglect(?:s|ed|ing)? to \w+", r"neglect of (?:duty|duties|maintenance|process|procedure|the (?:building|road|equipment|system))",
        r"neglect(?:ed|ing|s)? (?:area|aspect|part|field|topic|issue|subject|dimension|question|element|side|building|property|site|garden|road|policy|estate)s?",
        r"neglecting (?:the |this |that |these |other |their own )", r"(?:often|largely|previously|sometimes|been|was|is|are|were) neglected (?:in|by) (?:practice|the (?:literature|research|literatures|service|partnership|board|agenda|strategy|curriculum))",
        r"(?:long|much|somewhat|hitherto) neglected", r"neglected (?:tropical|by (?:research|policy))",
        r"[\"“‘'](?:was )?not brought[\"”’']?", r"(?:was )?not brought (?:polic(?:y|ies)|procedures?|pathway|guidance|codes?)", r"parents?(?: \w+){0,8} left alone", r"bone loss|moral decay|urban decay|hunger strike",
        r"failure to thrive", r"(?<!care\sis\s)(?<!care\swas\s)good enough(?! (?:parenting|care|home|standard of care))",
    ),
    elsewhere=_ADULT,
    here=CHILD,
)

_SEXUAL_ACT = r"(?:abus\w*|exploit\w*|assault\w*|harm\w*|violen\w*|offen[cd]\w*|behaviours?|activity|touching|contact with|imag\w+|acts?|relationships? with|grooming|predat\w+|allegations?|coerc\w*|disclosures?|crimes?|content|comments?|advances|bullying|harassment|misconduct|convictions?|risk(?:s| orders?)?|violations?|relationships? between)"
SEXUAL_HARM = Guards(
    own=re.compile(r"sexual|\bCSE\b|\bCSA\b|\bHSB\b|groom|indecent|\brape", re.IGNORECASE),
    strong=_any(
        rf"sexual(?:ly|ised|ized)?(?:,? (?:and|or|/|and/or) (?:\w+ )?\w+| \w+)? {_SEXUAL_ACT}",
        r"sexual(?:,? \w+){0,2},? (?:and|or|and/or) (?:\w+ )?(?:exploitation|abuse|harm|violence|assault)",
        rf"sexual/\w+ {_SEXUAL_ACT}",
        r"sexually (?:abused?|exploited|assaulted|harmed|active with|violent|harmful|inappropriate|explicit|transmitted infection in)",
        r"(?:abused|assaulted|exploited|touched|harmed|molested|violated) (?:\w+ )?sexually",
        r"(?:inappropriate|harmful|problematic|unwanted|concerning|abusive|age[\s-]inappropriate) sexual\w*(?: \w+)?",
        r"sexualised (?:behaviours?|language|conduct|talk|play|drawings?|images?)",
        r"(?<!G)CSE", r"CSA", r"CSAE", r"CSEA", r"CSAM", r"HSB", r"TechSHB",
        r"paedophil\w*", r"child pornography", r"indecent (?:images?|assaults?|exposure|photographs?|videos?|acts?)",
        r"incest(?:uous)?", r"(?:registered |convicted |known )?sex(?:ual)? offenders?", r"sex offences?",
        r"molest(?:ed|ation|ing)", r"youth[\s-]produced sexual (?:imagery|images)", r"upskirting", r"sextortion",
        r"(?:had|having|have) sex with (?:a |an |the |older |adult |her |him )", r"under[\s-]?age(?:d)? sex(?:ual)?",
        r"peer[\s-]on[\s-]peer (?:sexual )?abuse", r"child[\s-]on[\s-]child (?:sexual )?abuse",
        r"penetrat(?:ed|ion|ive|ing) (?:injur\w+|\w+)", r"(?:registered|schedule one) offenders?", r"intimate (?:pictures?|images?|photographs?|photos?)", r"naked (?:pictures?|images?|photographs?|photos?)",
        r"images? of (?:a |the )?child(?:ren)?(?: abuse)?", r"picked up (?:\w+ ){0,6}by (?:\w+ )?men", r"men in (?:their|cars)", r"touch(?:ed|ing) (?:\w+ ){0,2}(?:inappropriately|private|genitals)",
        r"sexual (?:language|knowledge|talk|words|play)", r"convicted of (?:\w+ ){0,3}(?:rape|sexual)",
    ),
    weak=_any(
        r"groom(?:ing|ed|er|ers)", r"rap(?:e|ed|es|ist|ists)", r"inter ?course", r"genital(?:s|ia)", r"nudes?", r"naked",
        r"intra[\s-]?familial (?:abuse|harm)", r"abuse in the family environment", r"older (?:boyfriend|man|men|male)s?",
        r"abuse by (?:his|her|their|an?) (?:uncle|grandfather|step[\s-]?(?:father|brother)|brother|coach|teacher|cousin|relative)", r"been touching",
        r"wait(?:ed|ing) for (?:a |her |him |the |any )?(?:child )?(?:disclosure|to tell)", r"no disclosure", r"what had been done to (?:him|her|them)", r"live[\s-]?stream(?:ing|ed)?", r"online (?:abuse|predators?)", r"bath time|bathtime", r"soiling",
        r"Brook(?: traffic light)?",
    ),
    weak_phrases=frozenset({
        "grooming", "groomed", "rape", "intra-familial", "family environment", "sarc", "older partners",
        "people in positions of trust", "institutions", "disclosure", "interview", "therapy", "missing",
        "groups", "grooming images", "online", "ai images", "livestream", "positions of trust", "sexual assault",
        "sexual offences", "known offender in the home",
    }),
    company=_any(
        r"sexual\w*", _CHILD, r"exploit\w*", r"online", r"abus\w+", r"offender\w*", r"internet", r"images?",
    ),
    masks=_any(
        r"sexual health(?: and [\w-]+)*", r"sexual orientation", r"sexual identity", r"sexuality", r"(?:relationships? and )?sex(?:ual)? education",
        r"sex and relationships? education", r"sexual partners?", r"sexual risk[\s-]taking(?= (?:and|or) (?:smoking|substance))",
        r"(?:dog|pet|cat|horse|animal|hair|beard|personal|self)[\s-]grooming", r"grooming (?:of )?(?:dogs?|pets?|animals?|hair|horses?|salon|parlour|products?)",
        r"(?:his|her) grooming and (?:hygiene|dress|appearance)", r"(?:dress|appearance|hygiene) and grooming",
        r"(?:CSE|child sexual exploitation) (?:coordinator|co-ordinator|lead|champion|team manager|manager|officer|analyst|nurse)s?",
        r"responsibility for CSE", r"rape (?:seed|oilseed)", r"sexual (?:reproduction|function|dysfunction)",
        r"sexual (?:offences?|violence|assaults?|abuse) (?:against|of|on) (?:an? )?(?:adults?|adult wom[ae]n|patients?|prisoners?|colleagues?|staff)",
    ),
    elsewhere=_ADULT,
    here=_any(
        r"child\w*", r"school\w*", r"pupils?", r"girls?", r"boys?", r"young \w+", r"teen\w*", r"daughters?",
        r"sons?", r"siblings?", r"aged? (?:\d|1[0-7])", r"(?:\d|1[0-7])[\s-]year[\s-]olds?", r"sister|brother|mother|father",
        r"social (?:services|care|worker)", r"college|student",
    ),
)

_HARM_DONE = r"(?:assault|hit|beat|punch|kick|slap|strangl|strangul|chok|stab|threaten|attack|hurt|abus|push|pushed|terroris|intimidat|controll|isolat)\w*"
DOMESTIC_ABUSE = Guards(
    own=re.compile(r"domestic|coerciv|\bMARAC\b|stalking|\bDVA?\b|intimate partner", re.IGNORECASE),
    strong=_any(
        r"domestic(?:,? (?:and|or|&) (?:\w+ )?\w+| or sexual| \w+)? (?:abus\w+|violence)", r"domestic(?:ally)? (?:abuse[rd]?|violent|homicides?|incidents?|assaults?|dispute with|disturbances?|tension|conflict)",
        r"(?:sexual|gender[\s-]based|family) and domestic (?:abuse|violence)", r"intimate partner (?:violence|abuse)", r"(?<![A-Z])IPV", r"DASH", r"DVA?(?! \d)", r"DVP[ON]s?", r"DVDS", r"MARACs?", r"IDVAs?", r"VAWG",
        r"coercive(?:,? (?:and|or|/) controlling)?(?: behaviours?| control| relationships?)?", r"controlling (?:and|or) coercive(?: behaviours?| control)?", r"coercion and control",
        r"(?:physically |emotionally |verbally )?(?:abusive|violent|controlling) (?:(?:ex[\s-]?|former )?(?:partner|husband|boyfriend|relationship|wife|girlfriend|father towards|marriage|stepfather))s?",
        r"(?:abuse|violence|violent|abusive|aggressi\w+) (?:by|from|at the hands of|towards?|against|to) (?:her|his|their|the|a) (?:(?:ex[\s-]?|former |new |male |current )?(?:mother['’]s )?(?:partner|husband|boyfriend|wife|girlfriend|mother|paramour))s?",
        r"(?:assault|attack)(?:s|ed)? (?:on|by) (?:the |her |his |their )?(?:child(?:ren)?['’]s )?(?:mother|(?:ex[\s-]?)?partner|husband|wife|girlfriend|boyfriend)",
        rf"(?:father|partner|husband|boyfriend|paramour|stepfather|he) (?:had )?(?:been )?(?:repeatedly |again |also |physically |verbally )?{_HARM_DONE} (?:the |her |his |their )?(?:child(?:ren)?['’]s )?(?:mother|(?:ex[\s-]?)?partner|wife|girlfriend)",
        rf"(?:her|his) (?:ex[\s-]?)?(?:husband|partner|boyfriend|wife|girlfriend) (?:began |was |had been |had )?(?:hitting|beating|{_HARM_DONE}) (?:her|him)",
        r"(?:teenage |adolescent |young people['’]s )?relationship abuse", r"(?:child|adolescent)[\s-](?:to|on)[\s-]parent (?:abuse|violence)(?: and abuse)?",
        r"post[\s-]?separation abuse", r"(?:so[\s-]called )?['‘“]?honour['’”]?[\s-]based (?:abuse|violence)", r"Clare['’]s Law", r"Operation Encompass", r"non[\s-]?molestation(?: orders?)?",
        r"Women['’]s Aid", r"domestic (?:abuse|violence) perpetrators?", r"perpetrators? (?:intervention )?programmes?", r"toxic trio", r"trio of vulnerabilities",
        r"economic(?:ally)? (?:abuse|controlled by)", r"victims? of (?:his|her|their) (?:(?:ex[\s-]?)?partner|husband|father)['’]?s? (?:abuse|violence)",
        r"(?:whose|his|father['’]s|partner['’]s|husband['’]s|boyfriend['’]s|stepfather['’]s|men['’]s) (?:violence|abuse of (?:her|their mother|the mother|his partner))(?! (?:towards?|to) (?:the )?(?:child|staff|teachers?))", r"violent (?:man|men|home|household|ex)",
        r"strangl(?:ed|ing|es) (?:her|his|the mother|\w+['’]s mother)", r"non[\s-]?fatal strangulation", r"(?:knife|gun|blade) to (?:his |her |their |the )?(?:mother|wife|partner)['’]?s?", r"put (?:their|his|her|the) mother in hospital",
        r"(?:hurting|beating|hitting|harming|harmed|hurt) (?:his |her |their |a |the )?(?:mother|wife|partner)", r"men who (?:have |had )?(?:harm|abus|hurt|hit|assault)\w*", r"(?:abuse|violence) (?:at home|between (?:teenagers|partners|the couple|them|adults)|in (?:a|the|her|his|their|that|teenage) relationships?)",
        r"(?:fle(?:d|e|eing)|moved|moving|place|places|turned away|went|escap\w+|stay\w*)(?: \w+){0,4} refuges?", r"women['’]s refuges?", r"volatile relationship", r"['\"“‘]?domestics['\"”’]?(?= |,|$)", r"(?:frightened|afraid|scared|terrified) of (?:her|his|their) (?:husband|partner|father|boyfriend|stepfather|dad|ex)",
        r"(?:he|father|husband|partner|boyfriend|stepfather) (?:was|is|became|could be) (?:also |very |increasingly )?(?:controlling|abusive|violent)(?: (?:to|towards) (?:her|the mother|their mother))?", r"(?:independent|domestic)[\s-](?:domestic )?(?:abuse |violence )?advisers?(?= had| told| wrote| saw)", r"freedom (?:programme|course)",
        r"(?:mother|her)['’]?s? (?:abuser|abusive)", r"non[\s-]?abusing parents?", r"asked (?:\w+ )?about abuse", r"witness(?:ed|ing) (?:his|her|their) (?:father|dad|stepfather|mother being)",
        r"parental violence", r"violence between (?:the |his |her |their )?(?:parents|adults|mother and|father and|partners)",
        r"witness(?:ed|ing) (?:the )?violence (?:at home|in the home|between)",
    ),
    weak=_any(
        r"stalk(?:ing|ed|er)", r"harass(?:ment|ed|ing)", r"perpetrators?", r"refuges?", r"controlling behaviours?", r"healthy relationships?",
        r"safety planning with (?:survivors|victims)", r"survivors?", rf"{_PARTNER}['’]s (?:violence|behaviour|control|temper)",
        r"restraining orders?", r"keep away from (?:him|her)", r"violence (?:at|in the|in their|in his|in her) home",
        r"call[\s-]outs?", r"strangulation",
    ),
    weak_phrases=frozenset({
        "stalking", "harassment", "perpetrators", "refuge", "controlling behaviour", "healthy relationships",
        "ex-partner", "domestic homicide", "separation", "contact and family court", "orders",
        "post-separation", "honour-based", "child to parent", "victims in their own right", "notification to schools",
        "economic abuse", "perpetrator risk and programmes", "da", "disclosure scheme",
    }),
    company=_any(
        r"(?:ex|former)[\s-]?partners?", r"domestic\w*", r"abusive relationship", r"coerc\w+", r"victims?(?:/survivors?)? of (?:abuse|violence)",
        r"MARAC", r"IDVA", r"violen(?:t|ce) (?:towards|against) (?:women|her|mother)", r"survivors?", r"separation", r"separated",
    ),
    masks=_any(
        r"domestic(?:s| staff| assistants?| cleaning| waste| flights?| gas| supply| premises| duties| property| household| law| legislation| purposes?| fires?| appliances?| pets?| adoptions?| violence victims only)(?! abuse)",
        r"(?:gang|street|youth|serious youth|knife|workplace|racial)[\s-](?:related )?violence",
        r"perpetrators? of (?:the )?(?:physical (?:abuse|neglect)|child abuse|serious physical neglect|neglect|sexual\w* \w+|exploitation|the (?:attack|shooting|murder|crime))",
        r"(?:naming|named|indicating|identified|listing) (?:\S+ ){0,12}?as (?:the |a )?perpetrators?", r"unknown perpetrators?",
        r"infection control", r"controlling (?:access|infection|the|for|costs?)",
        r"domestic (?:abuse|violence) (?:coordinator|co-ordinator|lead|champion|manager|commissioner)s?",
    ),
)

KNOWN = {"neglect": NEGLECT, "sexual_harm": SEXUAL_HARM, "domestic_abuse": DOMESTIC_ABUSE}
"""Guards by id of priority."""


def guards_for(priority_id: str) -> Guards:
    """Guards of a priority; one that is not known gets none."""
    return KNOWN.get(priority_id) or Guards(own=NEVER)
