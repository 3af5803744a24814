"""The two notes under annex 1 of Decree No. 490.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, annex 1, notes.
"""

from exam.rules.regimes.shape import Names

POLICE_STRUCTURE = Names(
    kk="Ішкі істер министрі бекіткен Астана, Алматы, Шымкент қалаларының және облыстардың полиция "
    "департаменттерінің, Көліктегі полиция департаментінің үлгілік құрылымдарына сәйкес",
    ru="Согласно типовым структурам департаментов полиции городов Астаны, Алматы, Шымкента и областей, "
    "Департамента полиции на транспорте, утвержденным Министром внутренних дел",
    en="By the model structures of the police departments approved by the Minister",
)

PENAL_STRUCTURE = Names(
    kk="Ішкі істер министрі бекіткен республикалық маңызы бар қалалар, астана және облыстар бойынша "
    "қылмыстық-атқару жүйесі департаменттерінің үлгілік құрылымына сәйкес",
    ru="Согласно типовой структуре департаментов уголовно-исполнительной системы по городам "
    "республиканского значения, столице и областям, утвержденной Министром внутренних дел",
    en="By the model structure of the penal-system departments approved by the Minister",
)
