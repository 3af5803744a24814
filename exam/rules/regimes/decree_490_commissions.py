"""The two compositions by post of Decree No. 490.

Kazakhstan's official Kazakh text is the source; scanning faults of the copy that was read are corrected. The
Russian names follow the official names of the bodies; the official Russian text of the decree was not at
hand.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024: the composition by post of
the central commission (8 posts) and of the regional commissions (10 posts), both approved by clause 3.
"""

from exam.rules.regimes.shape import CommissionKind, CommissionPost, Composition, Duty, Names

CENTRAL_COMMISSION = Composition(
    CommissionKind.CENTRAL,
    (
        CommissionPost(
            1,
            Duty.CHAIR,
            Names(
                kk="Қазақстан Республикасының Ішкі істер министрі",
                ru="Министр внутренних дел Республики Казахстан",
                en="Minister of Internal Affairs of the Republic of Kazakhstan",
            ),
        ),
        CommissionPost(
            2,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Бас Прокурорының орынбасары",
                ru="заместитель Генерального Прокурора Республики Казахстан",
                en="Deputy Prosecutor General of the Republic of Kazakhstan",
            ),
        ),
        CommissionPost(
            3,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасының Ұлттық қауіпсіздік комитеті төрағасының орынбасары",
                ru="заместитель Председателя Комитета национальной безопасности Республики Казахстан",
                en="Deputy Chairman of the National Security Committee of the Republic of Kazakhstan",
            ),
        ),
        CommissionPost(
            4,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасының Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігі "
                "(Сыбайлас жемқорлыққа қарсы қызмет) төрағасының орынбасары",
                ru="заместитель Председателя Агентства Республики Казахстан по противодействию коррупции "
                "(Антикоррупционной службы)",
                en="Deputy Chairman of the Anti-Corruption Agency of the Republic of Kazakhstan "
                "(Anti-Corruption Service)",
            ),
        ),
        CommissionPost(
            5,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрінің кадр саясаты мәселелеріне жетекшілік "
                "ететін орынбасары",
                ru="заместитель Министра внутренних дел Республики Казахстан, курирующий вопросы "
                "кадровой политики",
                en="Deputy Minister of Internal Affairs in charge of personnel policy",
            ),
        ),
        CommissionPost(
            6,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрлігінің Штаб – департамент бастығы",
                ru="начальник Штаба – Департамента Министерства внутренних дел Республики Казахстан",
                en="Head of the Headquarters-Department of the Ministry of Internal Affairs",
            ),
        ),
        CommissionPost(
            7,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрлігі заң департаментінің бастығы",
                ru="начальник Юридического департамента Министерства внутренних дел Республики Казахстан",
                en="Head of the Legal Department of the Ministry of Internal Affairs",
            ),
        ),
        CommissionPost(
            8,
            Duty.SECRETARY,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрлігінің кадр саясаты департаменті бастығының "
                "орынбасары",
                ru="заместитель начальника Департамента кадровой политики Министерства внутренних дел "
                "Республики Казахстан",
                en="Deputy Head of the Personnel Policy Department of the Ministry of Internal Affairs",
            ),
        ),
    ),
)

REGIONAL_COMMISSION = Composition(
    CommissionKind.REGIONAL,
    (
        CommissionPost(
            1,
            Duty.CHAIR,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрінің орынбасары",
                ru="заместитель Министра внутренних дел Республики Казахстан",
                en="Deputy Minister of Internal Affairs of the Republic of Kazakhstan",
            ),
        ),
        CommissionPost(
            2,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрлігі Қылмыстық-атқару жүйесі комитетінің "
                "төрағасы (төрағасының орынбасары)",
                ru="председатель (заместитель председателя) Комитета уголовно-исполнительной системы "
                "Министерства внутренних дел Республики Казахстан",
                en="Chairman (deputy chairman) of the Penal System Committee of the Ministry",
            ),
        ),
        CommissionPost(
            3,
            Duty.MEMBER,
            Names(
                kk="облыс прокуроры немесе оған теңестірілген (республикалық маңызы бар қаланың және "
                "астананың) прокурор",
                ru="прокурор области или приравненный к нему прокурор (города республиканского значения "
                "и столицы)",
                en="Prosecutor of the region, or of the city of republican significance or the capital",
            ),
        ),
        CommissionPost(
            4,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Ұлттық қауіпсіздік комитетінің облыс, республикалық маңызы бар "
                "қала және астана бойынша департаментінің бастығы",
                ru="начальник департамента Комитета национальной безопасности Республики Казахстан по "
                "области, городу республиканского значения и столице",
                en="Head of the department of the National Security Committee for the region, "
                "city or capital",
            ),
        ),
        CommissionPost(
            5,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігінің (Сыбайлас "
                "жемқорлыққа қарсы қызмет) облыс, республикалық маңызы бар қала және астана бойынша "
                "департаментінің басшысы",
                ru="руководитель департамента Агентства Республики Казахстан по противодействию коррупции "
                "(Антикоррупционной службы) по области, городу республиканского значения и столице",
                en="Head of the department of the Anti-Corruption Agency for the region, city or capital",
            ),
        ),
        CommissionPost(
            6,
            Duty.MEMBER,
            Names(
                kk="облыстың, республикалық маңызы бар қаланың және астананың полиция департаментінің "
                "бастығы",
                ru="начальник департамента полиции области, города республиканского значения и столицы",
                en="Head of the police department of the region, city or capital",
            ),
        ),
        CommissionPost(
            7,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрлігі кадр саясаты департаментінің бастығы "
                "(бастығының орынбасары)",
                ru="начальник (заместитель начальника) Департамента кадровой политики Министерства "
                "внутренних дел Республики Казахстан",
                en="Head (deputy head) of the Personnel Policy Department of the Ministry",
            ),
        ),
        CommissionPost(
            8,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрлігі өзіндік қауіпсіздік департаментінің "
                "бастығы (бастығының орынбасары)",
                ru="начальник (заместитель начальника) Департамента собственной безопасности Министерства "
                "внутренних дел Республики Казахстан",
                en="Head (deputy head) of the Internal Security Department of the Ministry",
            ),
        ),
        CommissionPost(
            9,
            Duty.MEMBER,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрлігі заң департаментінің бастығы (бастығының "
                "орынбасары)",
                ru="начальник (заместитель начальника) Юридического департамента Министерства внутренних "
                "дел Республики Казахстан",
                en="Head (deputy head) of the Legal Department of the Ministry",
            ),
        ),
        CommissionPost(
            10,
            Duty.SECRETARY,
            Names(
                kk="Қазақстан Республикасы Ішкі істер министрлігі кадр саясаты департаментінің басқарма "
                "бастығы (бастығының орынбасары)",
                ru="начальник (заместитель начальника) управления Департамента кадровой политики "
                "Министерства внутренних дел Республики Казахстан",
                en="Head (deputy head) of a directorate of the Personnel Policy Department of the Ministry",
            ),
        ),
    ),
)
