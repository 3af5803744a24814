"""Posts under attestation before the central commission: twelve categories.

The Kazakh wording is the decree's, with the scanning faults of the copy corrected; Russian and English are
renderings in the official terms.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, annex 1, section 1.
"""

from exam.rules.regimes.decree_490_notes import PENAL_STRUCTURE, POLICE_STRUCTURE
from exam.rules.regimes.shape import CommissionKind, Names, PostCategory

CENTRAL_CATEGORIES = (
    PostCategory(
        CommissionKind.CENTRAL,
        1,
        Names(
            kk="Өзіндік қауіпсіздік департаментінің, Қылмыстық-атқару жүйесі комитеті өзіндік қауіпсіздік "
            "басқармасының, облыстардың, республикалық маңызы бар қалалардың және астананың полиция "
            "департаменттері, Көліктегі полиция департаменті және аумақтық қылмыстық-атқару жүйесі "
            "департаменттері өзіндік қауіпсіздік бөлімшелерінің орта, аға және жоғары басшы құрамының "
            "лауазымдары",
            ru="Должности среднего, старшего и высшего начальствующего состава Департамента собственной "
            "безопасности, управления собственной безопасности Комитета уголовно-исполнительной системы, "
            "подразделений собственной безопасности департаментов полиции областей, городов "
            "республиканского значения и столицы, Департамента полиции на транспорте и территориальных "
            "департаментов уголовно-исполнительной системы",
            en="Middle, senior and higher commanding posts of the internal security units of the Ministry, "
            "the Penal System Committee, the police departments, the transport police department and the "
            "territorial penal-system departments",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        2,
        Names(
            kk="Қылмыстық-атқару жүйесі комитетінің басқарма бастықтары, басқарма бастықтарының "
            "орынбасарлары, дербес бөлімдерінің бастықтары",
            ru="Начальники управлений, заместители начальников управлений, начальники самостоятельных "
            "отделов Комитета уголовно-исполнительной системы",
            en="Penal System Committee: heads and deputy heads of directorates, heads of independent "
            "divisions",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        3,
        Names(
            kk="Әкімшілік полиция және Көші-қон қызметі комитеттерінің басқарма бастықтары, басқарма "
            "бастықтарының орынбасарлары",
            ru="Начальники управлений, заместители начальников управлений комитетов административной "
            "полиции и миграционной службы",
            en="Committees of Administrative Police and of the Migration Service: heads and deputy heads of "
            "directorates",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        4,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттері, "
            "Көліктегі полиция департаменті бастықтарының бірінші орынбасарлары мен орынбасарлары",
            ru="Первые заместители и заместители начальников департаментов полиции областей, городов "
            "республиканского значения и столицы, Департамента полиции на транспорте",
            en="First deputy heads and deputy heads of the police departments and the transport police "
            "department",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        5,
        Names(
            kk="Ішкі істер министрлігінің Байқоңыр қаласындағы өкілдігінің бастығы және бастығының "
            "орынбасарлары",
            ru="Начальник и заместители начальника представительства Министерства внутренних дел в городе "
            "Байконыре",
            en="Head and deputy heads of the Ministry's representation in Baikonur",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        6,
        Names(
            kk="Қылмыстық-атқару жүйесінің аумақтық департаменттері бастықтарының орынбасарлары",
            ru="Заместители начальников территориальных департаментов уголовно-исполнительной системы",
            en="Deputy heads of the territorial penal-system departments",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        7,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттері, "
            "Көліктегі полиция департаменті аппараттары басқармаларының, дербес бөлімдері мен "
            "бөлімшелерінің бастықтары",
            ru="Начальники управлений, самостоятельных отделов и отделений аппаратов департаментов полиции "
            "областей, городов республиканского значения и столицы, Департамента полиции на транспорте",
            en="Apparatus of the police departments and the transport police department: heads of "
            "directorates, independent divisions and units",
        ),
        POLICE_STRUCTURE,
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        8,
        Names(
            kk="Қылмыстық-атқару жүйесінің аумақтық департаменттері аппараттарының бөлім бастықтары",
            ru="Начальники отделов аппаратов территориальных департаментов уголовно-исполнительной системы",
            en="Apparatus of the territorial penal-system departments: heads of divisions",
        ),
        PENAL_STRUCTURE,
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        9,
        Names(
            kk="Облыстардың, республикалық маңызы бар қалалардың және астананың полиция департаменттері "
            "полиция басқармалары мен бөлімдерінің, Көліктегі полиция департаментінің желілік полиция "
            "басқармалары мен бөлімдерінің бастықтары",
            ru="Начальники управлений и отделов полиции департаментов полиции областей, городов "
            "республиканского значения и столицы, линейных управлений и отделов полиции Департамента "
            "полиции на транспорте",
            en="Heads of police directorates and divisions of the police departments, and of line police "
            "directorates and divisions of the transport police department",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        10,
        Names(
            kk="Қылмыстық-атқару жүйесі мекемелерінің бастықтары",
            ru="Начальники учреждений уголовно-исполнительной системы",
            en="Heads of penal-system institutions",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        11,
        Names(
            kk="Мамандандырылған күзет қызметі басқармасының (Астана қаласы), дипломатиялық өкілдіктерді, "
            "үкіметтік мекемелерді күзету жөніндегі, қалалар мен облыстардың мамандандырылған күзет "
            "қызметі басқармаларының бастықтары",
            ru="Начальники управления специализированной службы охраны (город Астана), управлений "
            "специализированной службы охраны по охране дипломатических представительств, "
            "правительственных учреждений, городов и областей",
            en="Heads of the specialised guard service directorates: Astana, diplomatic missions, government "
            "institutions, cities and regions",
        ),
    ),
    PostCategory(
        CommissionKind.CENTRAL,
        12,
        Names(
            kk="Кинологиялық орталықтың, автокөлікке қызмет көрсету мекемесінің, «Оңтүстік» және «Солтүстік» "
            "әскери және арнайы жабдықтау базаларының бастықтары",
            ru="Начальники Кинологического центра, учреждения автотранспортного обслуживания, баз военного и "
            "специального снабжения «Южная» и «Северная»",
            en="Heads of the Cynological Centre, the motor-transport service institution and the military "
            "and special supply bases “Southern” and “Northern”",
        ),
    ),
)
