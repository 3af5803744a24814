"""The extraordinary attestation of 2024.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024 and the Rules approved by
it; the Russian words of rules 15 and 18 are those of the Law on law-enforcement service, article 47-1, as it
stood in 2024.
"""

from datetime import date

from exam.rules.absence import AbsenceRule, Consequence
from exam.rules.calendar import Terms
from exam.rules.commission import QuorumBase
from exam.rules.exemptions import ExemptionGround, ReturnTerm
from exam.rules.regimes.decree_490_central import CENTRAL_CATEGORIES
from exam.rules.regimes.decree_490_commissions import CENTRAL_COMMISSION, REGIONAL_COMMISSION
from exam.rules.regimes.decree_490_regional import REGIONAL_CATEGORIES
from exam.rules.regimes.shape import AfterFailure, DecisionWords, Names, Regime, Subject
from exam.rules.regimes.words import DEMOTION, FITS, FITS_AND_RESERVE, STAGE_NAMES, TRANSFER
from exam.rules.stages import Stage
from scoring.outcome import RestrictionWhen

DECREE_490 = Regime(
    code="decree-490",
    title=Names(
        kk="Ішкі істер органдары қызметкерлерінің жекелеген санаттарын кезектен тыс аттестаттау",
        ru="Внеочередная аттестация отдельных категорий сотрудников органов внутренних дел",
        en="Extraordinary attestation of certain categories of officers of the internal affairs bodies",
    ),
    act=Names(
        kk="Қазақстан Республикасы Президентінің 2024 жылғы 28 ақпандағы № 490 Жарлығы",
        ru="Указ Президента Республики Казахстан от 28 февраля 2024 года № 490",
        en="Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024",
    ),
    first_day=date(2024, 4, 1),
    last_day=date(2024, 12, 31),
    stages=(Stage.PREPARATION, Stage.NORMS, Stage.TEST, Stage.INTERVIEW, Stage.DECISION),
    stage_names=STAGE_NAMES,
    subjects=(Subject.LEGISLATION, Subject.LOGIC),
    decisions=(
        DecisionWords(1, "reserve", FITS_AND_RESERVE),
        DecisionWords(2, "fits", FITS),
        DecisionWords(3, "demote", DEMOTION),
        DecisionWords(4, "transfer", TRANSFER),
        DecisionWords(
            5,
            "dismiss",
            Names(
                kk="атқаратын лауазымына сәйкес келмейді және ішкі істер органдарынан жұмыстан шығару "
                "ұсынылады",
                ru="не соответствует занимаемой должности и рекомендуется к увольнению из органов "
                "внутренних дел",
                en="does not fit the post held; dismissal from the internal affairs bodies recommended",
            ),
        ),
    ),
    after_failure=AfterFailure.RESTRICTS_DECISIONS,
    restriction_when=RestrictionWhen.ANY,
    restriction_clause=Names(
        kk="Қағидалардың 18-тармағы",
        ru="пункт 18 Правил",
        en="rule 18",
    ),
    categories=CENTRAL_CATEGORIES + REGIONAL_CATEGORIES,
    compositions=(CENTRAL_COMMISSION, REGIONAL_COMMISSION),
    smallest_commission=None,
    quorum_base=QuorumBase.ALL_POSTS,
    terms=Terms(),
    exemptions=(ExemptionGround.PREGNANCY, ExemptionGround.ARTICLE_77_LEAVE),
    after_return=ReturnTerm(),
    absence=AbsenceRule(limit=2, consequence=Consequence.DISMISSAL_PROPOSED),
    reattestation=None,
)
