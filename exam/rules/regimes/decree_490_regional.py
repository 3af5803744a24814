"""Posts under attestation before the regional commissions: seventeen categories.

The Kazakh wording is the decree's, with the scanning faults of the copy corrected; Russian and English are
renderings in the official terms.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, annex 1, section 2.
"""

from exam.rules.regimes.decree_490_notes import PENAL_STRUCTURE, POLICE_STRUCTURE
from exam.rules.regimes.shape import CommissionKind, Names, PostCategory

REGIONAL_CATEGORIES = (
    PostCategory(
        CommissionKind.REGIONAL,
        1,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттері, "
            "Көліктегі полиция департаменті аппараттарының басқармалары бастықтарының орынбасарлары",
            ru="Заместители начальников управлений аппаратов департаментов полиции областей, городов "
            "республиканского значения и столицы, Департамента полиции на транспорте",
            en="Apparatus of the police departments and the transport police department: deputy heads of "
            "directorates",
        ),
        POLICE_STRUCTURE,
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        2,
        Names(
            kk="Ішкі істер министрлігінің Байқоңыр қаласындағы өкілдігі бөлімдерінің, бөлімшелерінің "
            "бастықтары, бөлімдері бастықтарының орынбасарлары",
            ru="Начальники отделов, отделений, заместители начальников отделов представительства "
            "Министерства внутренних дел в городе Байконыре",
            en="Ministry's representation in Baikonur: heads of divisions and units, deputy heads "
            "of divisions",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        3,
        Names(
            kk="Мамандандырылған күзет қызметі басқармасы (Астана қаласы), дипломатиялық өкілдіктерді, "
            "үкіметтік мекемелерді күзету жөніндегі, қалалар мен облыстардың мамандандырылған күзет "
            "қызметі басқармалары бастықтарының орынбасарлары",
            ru="Заместители начальников управления специализированной службы охраны (город Астана), "
            "управлений специализированной службы охраны по охране дипломатических представительств, "
            "правительственных учреждений, городов и областей",
            en="Deputy heads of the specialised guard service directorates",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        4,
        Names(
            kk="Кинологиялық орталық, автокөлікке қызмет көрсету мекемесі, «Оңтүстік» және «Солтүстік» "
            "әскери және арнайы жабдықтау базалары бастықтарының орынбасарлары",
            ru="Заместители начальников Кинологического центра, учреждения автотранспортного обслуживания, "
            "баз военного и специального снабжения «Южная» и «Северная»",
            en="Deputy heads of the Cynological Centre, the motor-transport service institution and the "
            "supply bases “Southern” and “Northern”",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        5,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттерінің, "
            "Көліктегі полиция департаментінің аппараттарына бағынатын бөлімше басқармаларының, "
            "бөлімдерінің бастықтары және бастықтарының орынбасарлары",
            ru="Начальники и заместители начальников управлений, отделов подразделений, подчиненных "
            "аппаратам департаментов полиции областей, городов республиканского значения и столицы, "
            "Департамента полиции на транспорте",
            en="Heads and deputy heads of directorates and divisions of units subordinate to the apparatus "
            "of the police departments and the transport police department",
        ),
        POLICE_STRUCTURE,
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        6,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттерінің, "
            "Көліктегі полиция департаментінің полк, батальон және рота командирлері және "
            "командирлерінің орынбасарлары",
            ru="Командиры и заместители командиров полков, батальонов и рот департаментов полиции областей, "
            "городов республиканского значения и столицы, Департамента полиции на транспорте",
            en="Commanders and deputy commanders of regiments, battalions and companies",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        7,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттерінің "
            "жедел ден қою арнайы жасақтарының командирлері және командирлерінің орынбасарлары",
            ru="Командиры и заместители командиров специальных отрядов быстрого реагирования департаментов "
            "полиции областей, городов республиканского значения и столицы",
            en="Commanders and deputy commanders of the rapid-response special detachments",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        8,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттері "
            "арнайы мақсаттағы бөлімшелерінің командирлері және командирлерінің орынбасарлары",
            ru="Командиры и заместители командиров подразделений специального назначения департаментов "
            "полиции областей, городов республиканского значения и столицы",
            en="Commanders and deputy commanders of the special-purpose units",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        9,
        Names(
            kk="Аумақтық қылмыстық-атқару жүйесі департаменттері аппараттарының бөлім бастықтарының "
            "орынбасарлары, бөлімше бастықтары",
            ru="Заместители начальников отделов, начальники отделений аппаратов территориальных "
            "департаментов уголовно-исполнительной системы",
            en="Apparatus of the territorial penal-system departments: deputy heads of divisions, heads of "
            "units",
        ),
        PENAL_STRUCTURE,
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        10,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттерінің "
            "полиция басқармалары мен бөлімдері, Көліктегі полиция департаментінің желілік полиция "
            "басқармалары мен бөлімдері бастықтарының орынбасарлары",
            ru="Заместители начальников управлений и отделов полиции департаментов полиции областей, "
            "городов республиканского значения и столицы, линейных управлений и отделов полиции "
            "Департамента полиции на транспорте",
            en="Deputy heads of police directorates and divisions, and of line police directorates and "
            "divisions",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        11,
        Names(
            kk="Аумақтық қылмыстық-атқару жүйесі департаменттерінің пробация қызметтері бөлімдерінің "
            "бастықтары",
            ru="Начальники отделов служб пробации территориальных департаментов уголовно-исполнительной "
            "системы",
            en="Heads of probation service divisions of the territorial penal-system departments",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        12,
        Names(
            kk="Көліктегі полиция департаменті желілік полиция бөлімшелерінің бастықтары",
            ru="Начальники линейных отделений полиции Департамента полиции на транспорте",
            en="Heads of line police units of the transport police department",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        13,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттері "
            "полиция басқармаларының жанындағы полиция бөлімдерінің бастықтары және бастықтарының "
            "орынбасарлары",
            ru="Начальники и заместители начальников отделов полиции при управлениях полиции департаментов "
            "полиции областей, городов республиканского значения и столицы",
            en="Heads and deputy heads of police divisions attached to police directorates",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        14,
        Names(
            kk="Қылмыстық-атқару жүйесі мекемелері бастықтарының орынбасарлары",
            ru="Заместители начальников учреждений уголовно-исполнительной системы",
            en="Deputy heads of penal-system institutions",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        15,
        Names(
            kk="Мамандандырылған күзет қызметі басқармасының (Астана қаласы), дипломатиялық өкілдіктерді, "
            "үкіметтік мекемелерді күзету жөніндегі, қалалар мен облыстардың мамандандырылған күзет "
            "қызметі басқармаларының бөлім бастықтары",
            ru="Начальники отделов управления специализированной службы охраны (город Астана), управлений "
            "специализированной службы охраны по охране дипломатических представительств, "
            "правительственных учреждений, городов и областей",
            en="Heads of divisions of the specialised guard service directorates",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        16,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттері "
            "полиция басқармаларының, Көліктегі полиция департаменті желілік полиция басқармаларының "
            "бөлім бастықтары",
            ru="Начальники отделов управлений полиции департаментов полиции областей, городов "
            "республиканского значения и столицы, линейных управлений полиции Департамента полиции на "
            "транспорте",
            en="Heads of divisions of police directorates and of line police directorates",
        ),
    ),
    PostCategory(
        CommissionKind.REGIONAL,
        17,
        Names(
            kk="Дипломатиялық өкілдіктерді, үкіметтік мекемелерді күзету жөніндегі, қалалар мен облыстардың "
            "мамандандырылған күзет қызметі басқармалары батальондарының командирлері және "
            "командирлерінің орынбасарлары, рота командирлері",
            ru="Командиры и заместители командиров батальонов, командиры рот управлений специализированной "
            "службы охраны по охране дипломатических представительств, правительственных учреждений, "
            "городов и областей",
            en="Specialised guard battalions: commanders and deputy commanders of battalions, company "
            "commanders",
        ),
    ),
)
