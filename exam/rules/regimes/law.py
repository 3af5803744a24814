"""The regular attestation, in two redactions of the Law.

In the redaction of 2021 a failed part barred the officer from the interview and led to re-attestation
(article 50 (2)). The Law of 10 January 2025 No. 156-VIII removed that bar: a failed part is now one of the
grounds on which non-conformity may be found (article 52), and Kazakh became a third subject of the test
(article 47 (5) (3)). After a second failure the decisions are bound in both (article 51 (2)).

The acts name no campaign days: the head of the body sets them. The Kazakh text of the redaction of 2025 was
not at hand; its wording here follows the Russian text in the terms of the earlier Kazakh one. Article 51 (1)
reads "within three months" in Kazakh (2021) and "not earlier than three months" in Russian; the Russian
reading is taken, because a term that ends before it begins would be empty.

Source
------
Law of the Republic of Kazakhstan on law-enforcement service of 6 January 2011 No. 380-IV, chapter 6, in the
redaction of 29 June 2021 and as amended by the Law of 10 January 2025 No. 156-VIII.
"""

from dataclasses import replace

from exam.rules.absence import AbsenceRule, Consequence
from exam.rules.calendar import Terms
from exam.rules.commission import QuorumBase
from exam.rules.exemptions import ExemptionGround, ReturnTerm
from exam.rules.regimes.shape import (
    AfterFailure,
    DecisionWords,
    Names,
    Reattestation,
    Regime,
    Subject,
)
from exam.rules.regimes.words import (
    AFTER_REATTESTATION,
    DEMOTION,
    FITS,
    FITS_AND_RESERVE,
    REATTESTATION,
    STAGE_NAMES,
)
from exam.rules.stages import Stage

_DECISIONS_2021 = (
    DecisionWords(1, "reserve", FITS_AND_RESERVE),
    DecisionWords(2, "fits", FITS),
    DecisionWords(3, "reattest", REATTESTATION),
    DecisionWords(4, "demote", DEMOTION),
)

_PROMOTION_2025 = DecisionWords(
    1,
    "promote",
    Names(
        kk="атқаратын лауазымына сәйкес келеді және жоғары тұрған немесе жоғары тұрған басшы лауазымға "
        "жылжытуға ұсынылады",
        ru="соответствует занимаемой должности и рекомендуется для выдвижения на вышестоящую или "
        "вышестоящую руководящую должность",
        en="fits the post held; recommended for a higher or higher leading post",
    ),
)

LAW_2021 = Regime(
    code="law-2021",
    title=Names(
        kk="Құқық қорғау органдары қызметкерлерін аттестаттау",
        ru="Аттестация сотрудников правоохранительных органов",
        en="Regular attestation of law-enforcement officers",
    ),
    act=Names(
        kk="«Құқық қорғау қызметі туралы» 2011 жылғы 6 қаңтардағы № 380-IV Қазақстан Республикасының Заңы, "
        "2021 жылғы 29 маусымдағы редакция",
        ru="Закон Республики Казахстан от 6 января 2011 года № 380-IV «О правоохранительной службе», "
        "редакция от 29 июня 2021 года",
        en="Law on law-enforcement service of 6 January 2011 No. 380-IV, redaction of 29 June 2021",
    ),
    first_day=None,
    last_day=None,
    stages=(
        Stage.PREPARATION,
        Stage.NORMS,
        Stage.TEST,
        Stage.POLYGRAPH,
        Stage.INTERVIEW,
        Stage.DECISION,
    ),
    stage_names=STAGE_NAMES,
    subjects=(Subject.LEGISLATION, Subject.LOGIC),
    decisions=_DECISIONS_2021,
    after_failure=AfterFailure.BARS_INTERVIEW,
    restriction_when=None,
    restriction_clause=Names(
        kk="Заңның 50-бабының 2-тармағы", ru="пункт 2 статьи 50 Закона", en="article 50 (2) of the Law"
    ),
    categories=(),
    compositions=(),
    smallest_commission=5,
    quorum_base=QuorumBase.ALL_POSTS,
    terms=Terms(characteristic_shown_weeks=2),
    exemptions=(
        ExemptionGround.PREGNANCY,
        ExemptionGround.CHILD_CARE_LEAVE,
        ExemptionGround.HEAD_OR_DEPUTY,
        ExemptionGround.TWENTY_YEARS,
    ),
    after_return=ReturnTerm(not_before_months=6, not_after_months=12),
    absence=AbsenceRule(limit=1, consequence=Consequence.REATTESTATION),
    reattestation=Reattestation(3, 6, AFTER_REATTESTATION, open_after_failure=frozenset({2, 3})),
)

LAW_2025 = replace(
    LAW_2021,
    code="law-2025",
    act=Names(
        kk="«Құқық қорғау қызметі туралы» 2011 жылғы 6 қаңтардағы № 380-IV Қазақстан Республикасының Заңы, "
        "2025 жылғы 10 қаңтардағы № 156-VIII Заңмен енгізілген өзгерістермен",
        ru="Закон Республики Казахстан от 6 января 2011 года № 380-IV «О правоохранительной службе» "
        "с изменениями, внесенными Законом от 10 января 2025 года № 156-VIII",
        en="Law on law-enforcement service of 6 January 2011 No. 380-IV, as amended by the Law of "
        "10 January 2025 No. 156-VIII",
    ),
    stages=(
        Stage.PREPARATION,
        Stage.NORMS,
        Stage.TEST,
        Stage.PSYCHOLOGY,
        Stage.POLYGRAPH,
        Stage.INTERVIEW,
        Stage.DECISION,
    ),
    optional_stages=(Stage.POLYGRAPH,),
    subjects=(Subject.LEGISLATION, Subject.STATE_LANGUAGE, Subject.LOGIC),
    decisions=(_PROMOTION_2025, *_DECISIONS_2021[1:]),
    after_failure=AfterFailure.IS_A_GROUND,
    restriction_clause=None,
    terms=Terms(characteristic_shown_weeks=3, objection_working_days=7),
    exemptions=(
        ExemptionGround.PREGNANCY,
        ExemptionGround.ARTICLE_77_LEAVE,
        ExemptionGround.HEAD_OR_DEPUTY,
        ExemptionGround.TWENTY_YEARS,
    ),
    after_return=ReturnTerm(not_before_months=12),
)
