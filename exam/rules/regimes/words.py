"""Names that several acts share, in their official terms.

Source
------
Law of the Republic of Kazakhstan on law-enforcement service of 6 January 2011 No. 380-IV, articles 47 (5) and
50 (6), Kazakh and Russian texts; Decree of the President No. 490 of 28 February 2024, Rules, 4.
"""

from types import MappingProxyType

from exam.rules.regimes.shape import DecisionWords, Names
from exam.rules.stages import Stage

STAGE_NAMES = MappingProxyType(
    {
        Stage.PREPARATION: Names(
            kk="Аттестаттауды өткізуге дайындық", ru="Подготовка к проведению аттестации", en="Preparation"
        ),
        Stage.NORMS: Names(
            kk="Кәсіптік жарамдылығын айқындау бойынша белгіленген нормативтерді тапсыру",
            ru="Сдача установленных нормативов по определению профессиональной пригодности",
            en="Passing the norms of professional suitability",
        ),
        Stage.TEST: Names(kk="Компьютерлік тестілеу", ru="Компьютерное тестирование", en="Computer test"),
        Stage.PSYCHOLOGY: Names(
            kk="Психологиялық-әлеуметтанушылық зерттеу",
            ru="Психолого-социологическое исследование",
            en="Psychological and sociological study",
        ),
        Stage.POLYGRAPH: Names(
            kk="Полиграфологиялық зерттеу", ru="Полиграфологическое исследование", en="Polygraph study"
        ),
        Stage.INTERVIEW: Names(
            kk="Аттестаттау комиссиясы өткізетін қызметкермен әңгімелесу",
            ru="Собеседование с сотрудником, проводимое аттестационной комиссией",
            en="Interview by the commission",
        ),
        Stage.DECISION: Names(
            kk="Аттестаттау комиссиясының шешім шығаруы",
            ru="Вынесение решения аттестационной комиссии",
            en="Decision of the commission",
        ),
    }
)

FITS = Names(
    kk="атқаратын лауазымына сәйкес келеді",
    ru="соответствует занимаемой должности",
    en="fits the post held",
)

FITS_AND_RESERVE = Names(
    kk="атқаратын лауазымына сәйкес келеді және кадр резервіне қабылдауға немесе жоғары тұрған лауазымға "
    "жылжытуға ұсынылады",
    ru="соответствует занимаемой должности и рекомендуется для зачисления в кадровый резерв или выдвижения "
    "на вышестоящую должность",
    en="fits the post held; recommended for the personnel reserve or for promotion",
)

DEMOTION = Names(
    kk="атқаратын лауазымына сәйкес келмейді және лауазымын төмендету ұсынылады",
    ru="не соответствует занимаемой должности и рекомендуется к понижению в должности",
    en="does not fit the post held; demotion recommended",
)

TRANSFER = Names(
    kk="атқаратын лауазымына сәйкес келмейді және басқа қызметке (лауазымға) ауыстыру ұсынылады",
    ru="не соответствует занимаемой должности и рекомендуется к переводу на другую службу (должность)",
    en="does not fit the post held; transfer to another service (post) recommended",
)

REATTESTATION = Names(
    kk="қайта аттестатталуға тиіс", ru="подлежит повторной аттестации", en="subject to re-attestation"
)

AFTER_REATTESTATION = (
    DecisionWords(1, "fits", FITS),
    DecisionWords(2, "demote", DEMOTION),
    DecisionWords(
        3,
        "dismiss",
        Names(
            kk="атқаратын лауазымына сәйкес келмейді және жұмыстан шығару ұсынылады",
            ru="не соответствует занимаемой должности и рекомендуется к увольнению",
            en="does not fit the post held; dismissal recommended",
        ),
    ),
)
