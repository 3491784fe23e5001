"""Practice standards and their criteria, and the professional standards beside them."""

from __future__ import annotations

from attrs import frozen

from qaf_core.provenance import Reference, Standing
from qaf_core.sources import QAF, STANDARDS_2013

__all__ = ["Criterion", "PROFESSIONAL_STANDARDS", "STANDARDS", "Standard"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Criterion:
    """One criterion of a standard.

    Attributes:
        id: stable, such as ``"std_2_4"``; never the printed number alone.
        printed: the number as printed, which may occur twice; empty where none is printed.
        text: what good practice looks like, in our words.
        truncated: whether the source breaks off.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    printed: str
    text: str
    truncated: bool = False
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Standard:
    """A standard of practice.

    Attributes:
        id: stable, such as ``"std_2"``.
        title: the standard in a few words.
        text: the standard in a sentence, in our words.
        criteria: its criteria, in order.
        version: the version of the standards it belongs to, such as ``"2013"``; empty where the
            source prints none.
        external: whether another body issued it.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    text: str
    criteria: tuple[Criterion, ...] = ()
    version: str
    external: bool = False
    source: Reference
    standing: Standing


STANDARDS: tuple[Standard, ...] = (
    Standard(
        id="std_1",
        title="The child's best interests come first",
        text="Whatever we do, what is best for the child decides.",
        version="2013",
        source=STANDARDS_2013.at("Standard 1", lines="456, 469"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_1_1",
                printed="1.1",
                text="To keep children from harm, we go by the Berkshire LSCB's policy and "
                "procedures.",
                source=STANDARDS_2013.at("1.1", lines="473"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_1_2",
                printed="1.2",
                text="Needs are found and assessed by the processes, tools and frameworks agreed "
                "on.",
                source=STANDARDS_2013.at("1.2", lines="474"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_1_3",
                printed="1.3",
                text="Children are helped to do well and to enjoy it, in every side of their "
                "growing up.",
                source=STANDARDS_2013.at("1.3", lines="475"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_1_4",
                printed="1.4",
                text="The work aims at a permanent home, with the birth family or in another "
                "lasting arrangement.",
                source=STANDARDS_2013.at("1.4", lines="476"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_2",
        title="The child's lived experience",
        text="Assessments and all other work seek to grasp what life is like for the child, and to "
        "better it.",
        version="2013",
        source=STANDARDS_2013.at("Standard 2", lines="457, 478-480"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_2_1",
                printed="2.1",
                text="Children are seen, alone where that is right, and watched and talked with in "
                "ways that suit their stage of development and their plan.",
                source=STANDARDS_2013.at("2.1", lines="484"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_2_2",
                printed="2.2",
                text="Help comes in time and answers risk and need.",
                source=STANDARDS_2013.at("2.2", lines="485"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_2_3",
                printed="2.3",
                text="Life story work, belongings of their own and mementoes of family strengthen "
                "a child's sense of identity.",
                source=STANDARDS_2013.at("2.3", lines="486"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_2_4",
                printed="2.3",
                text="Every plan aims at better outcomes and a better daily life, is SMART, and "
                "uses words that parents, carers and partners understand.",
                source=STANDARDS_2013.at("2.3, the second", lines="487"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_3",
        title="Partnership with parents and carers",
        text="Parents and carers are partners in the work, so that they can do their part and "
        "children do well.",
        version="2013",
        source=STANDARDS_2013.at("Standard 3", lines="458, 489-491"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_3_1",
                printed="3.1",
                text="Plans and decisions favour growing up in the family and community networks "
                "wherever that can be.",
                source=STANDARDS_2013.at("3.1", lines="495"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_3_2",
                printed="3.2",
                text="Parents and carers take part in assessing, planning and carrying out what is "
                "done for their family.",
                source=STANDARDS_2013.at("3.2", lines="496"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_3_3",
                printed="3.3",
                text="Parents and carers meet with respect and are asked for their views and their "
                "own ideas of what could help.",
                source=STANDARDS_2013.at("3.3", lines="497"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_3_4",
                printed="3.4",
                text="Parents and carers are told plainly what the worries are and what must "
                "change for the children to be safe.",
                source=STANDARDS_2013.at("3.4", lines="501"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_3_5",
                printed="3.5",
                text="Children keep in touch with family and community wherever they can.",
                source=STANDARDS_2013.at("3.5", lines="502"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_3_6",
                printed="3.6",
                text="When a child cannot live with the parents, everything possible is tried to "
                "keep the child in the wider family network.",
                source=STANDARDS_2013.at("3.6", lines="503"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_4",
        title="Children take part in decisions",
        text="Children have a say, by right, in what is decided about them.",
        version="2013",
        source=STANDARDS_2013.at("Standard 4", lines="459, 505"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_4_1",
                printed="4.1",
                text="All work upholds children's rights.",
                source=STANDARDS_2013.at("4.1", lines="509"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_4_2",
                printed="4.2",
                text="Different tools help children to tell us how they live, what worries them "
                "and what they hope for.",
                source=STANDARDS_2013.at("4.2", lines="510"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_4_3",
                printed="4.3",
                text="Meetings are run so that children can take part where possible; where they "
                "cannot or should not come, their views are brought in by other means.",
                source=STANDARDS_2013.at("4.3", lines="511"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_5",
        title="Equal opportunities",
        text="In all we do we keep in mind equal opportunities and what discrimination does to "
        "people.",
        version="2013",
        source=STANDARDS_2013.at("Standard 5", lines="460, 513-515"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_5_1",
                printed="5.1",
                text="Work questions habits and practices of organisations that add to "
                "discrimination and disadvantage.",
                source=STANDARDS_2013.at("5.1", lines="519"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_5_2",
                printed="5.2",
                text="Casework takes up and respects each person's race, culture, language and "
                "religion.",
                source=STANDARDS_2013.at("5.2", lines="520"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_5_3",
                printed="5.3",
                text="Work allows for what social disadvantage does in neighbourhoods, networks "
                "and communities.",
                source=STANDARDS_2013.at("5.3", lines="521"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_5_4",
                printed="5.4",
                text="We speak up with and for children, parents and carers so that they can get "
                "support.",
                source=STANDARDS_2013.at("5.4", lines="522"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_6",
        title="Working with other services and agencies",
        text="We work closely with others so that children, young people and families get better "
        "support.",
        version="2013",
        source=STANDARDS_2013.at("Standard 6", lines="461, 524-526"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_6_1",
                printed="6.1",
                text="Assessments, plans and reviews give full weight to what is known and to what "
                "professionals think.",
                truncated=True,
                source=STANDARDS_2013.at("6.1", lines="530"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_6_2",
                printed="6.2",
                text="A plan looks at the whole child and draws on the wider family and on partner "
                "agencies.",
                source=STANDARDS_2013.at("6.2", lines="534"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_6_3",
                printed="6.3",
                text="With partner agencies we are professional and responsive, and we involve "
                "local forums and lead professionals.",
                source=STANDARDS_2013.at("6.3", lines="535"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_6_4",
                printed="6.4",
                text="What partner agencies hear from us is clear, in time and in proportion to "
                "the child's needs, and information is shared where it should be.",
                source=STANDARDS_2013.at("6.4", lines="536"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_6_5",
                printed="6.5",
                text="Disagreements between teams, services and partner agencies are actively "
                "settled.",
                source=STANDARDS_2013.at("6.5", lines="537"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_6_6",
                printed="6.6",
                text="Where child protection is concerned, agencies are checked with.",
                source=STANDARDS_2013.at("6.6", lines="538"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_7",
        title="Law and best practice",
        text="Work with children and families keeps to the law and makes use of guidance on best "
        "practice.",
        version="2013",
        source=STANDARDS_2013.at("Standard 7", lines="462, 540"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_7_1",
                printed="7.1",
                text="Work follows the law, guidance and local policy and procedure.",
                source=STANDARDS_2013.at("7.1", lines="544"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_7_2",
                printed="7.2",
                text="Work heeds the national minimum standards and guidance on best practice, and "
                "rests on the best evidence there is, research among it.",
                source=STANDARDS_2013.at("7.2", lines="545"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_7_3",
                printed="7.3",
                text="Work follows the principles of Best Value.",
                source=STANDARDS_2013.at("7.3", lines="546"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_7_4",
                printed="7.4",
                text="Work feeds self-evaluation and inspection from outside.",
                source=STANDARDS_2013.at("7.4", lines="547"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_8",
        title="Records that tell the child's story",
        text="Records are right and whole, and show the child's story.",
        version="2013",
        source=STANDARDS_2013.at("Standard 8", lines="463, 549-551"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_8_1",
                printed="8.1",
                text="Case notes are up to date and show why each contact took place and what came "
                "of it; jargon and acronyms are left out where they can be.",
                source=STANDARDS_2013.at("8.1", lines="555"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_8_2",
                printed="8.2",
                text="The basic details that matter about the child are on the record and current.",
                source=STANDARDS_2013.at("8.2", lines="556"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_8_3",
                printed="8.3",
                text="Each child who gets a service has a genogram, a care plan and a chronology "
                "that follow guidance on good practice.",
                source=STANDARDS_2013.at("8.3", lines="557"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_8_4",
                printed="8.4",
                text="Recording is brief and analytical and keeps fact apart from opinion.",
                source=STANDARDS_2013.at("8.4", lines="558"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_8_5",
                printed="8.5",
                text="What is written about a child is worded and kept as the protocols on data "
                "protection and information sharing require.",
                source=STANDARDS_2013.at("8.5", lines="559"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_9",
        title="Management and supervision",
        text="Management and supervision see to it that children do as well as they can.",
        version="2013",
        source=STANDARDS_2013.at("Standard 9", lines="464, 563"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_9_1",
                printed="9.1",
                text="Managers use the systems agreed on to see that children get the right "
                "service in time.",
                source=STANDARDS_2013.at("9.1", lines="567"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_9_2",
                printed="9.2",
                text="Work goes to staff with the right training and qualifications, who know "
                "fully what is asked of them.",
                source=STANDARDS_2013.at("9.2", lines="568"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_9_3",
                printed="9.3",
                text="At every stage, from referral to closure, there is evidence of managers "
                "deciding and answering for it.",
                source=STANDARDS_2013.at("9.3", lines="569"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_9_4",
                printed="9.4",
                text="Managers audit case records regularly and call for action where it is "
                "needed.",
                source=STANDARDS_2013.at("9.4", lines="570"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_9_5",
                printed="9.5",
                text="Good practice is encouraged and given credit.",
                source=STANDARDS_2013.at("9.5", lines="571"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_9_6",
                printed="9.6",
                text="Reflective supervision is regular, and what it decides and leads to is "
                "recorded.",
                source=STANDARDS_2013.at("9.6", lines="572"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_9_7",
                printed="9.7",
                text="Managers look critically at their staff's work and challenge poor practice, "
                "delay and drift.",
                source=STANDARDS_2013.at("9.7", lines="573"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="std_10",
        title="Courtesy and respect",
        text="We are courteous and respectful to children, families and those we work with.",
        version="2013",
        source=STANDARDS_2013.at("Standard 10", lines="465, 575-577"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="std_10_1",
                printed="10.1",
                text="E-mails, calls and letters are prompt, polite and responsive.",
                source=STANDARDS_2013.at("10.1", lines="581"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_10_2",
                printed="10.2",
                text="We are on time for meetings and visits; if we cannot help being late, we "
                "explain and apologise.",
                source=STANDARDS_2013.at("10.2", lines="582"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="std_10_3",
                printed="10.3",
                text="The council acts as one: services settle matters between themselves without "
                "drawing in service users or partners.",
                source=STANDARDS_2013.at("10.3", lines="583"),
                standing=Standing.STATED,
            ),
        ),
    ),
)
"""The practice standards of September 2013: ten, with 46 criteria.

Four headings are lost (1, 4, 7 and 9): their wording stands in the overview, so they are stated.
The number 2.3 is printed twice and 6.1 breaks off.
"""

PROFESSIONAL_STANDARDS: tuple[Standard, ...] = (
    Standard(
        id="pcf_2012",
        title="Social Work Professional Capabilities Framework",
        text="What is expected of social workers at each point of a career, and what learning "
        "after qualifying builds on.",
        version="2012",
        external=True,
        source=QAF.at("§3", lines="283"),
        standing=Standing.STATED,
    ),
    Standard(
        id="hcpc_conduct_2012",
        title="HCPC Standards of Conduct, Performance and Ethics",
        text="Binding on social workers, psychologists and art therapists who are registered or "
        "apply to be. The framework picks out six that bear on the quality and safety of services.",
        version="2012",
        external=True,
        source=QAF.at("§3", lines="284-297"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="hcpc_conduct_1",
                printed="1",
                text="Service users' interests come first.",
                source=QAF.at("§3, Standard 1", lines="292"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_conduct_3",
                printed="3",
                text="Personal conduct is of a high standard.",
                source=QAF.at("§3, Standard 3", lines="293"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_conduct_5",
                printed="5",
                text="Knowledge and skills are kept current.",
                source=QAF.at("§3, Standard 5", lines="294"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_conduct_6",
                printed="6",
                text="Nobody works beyond their knowledge, skills and experience; where these do "
                "not reach, another practitioner is brought in.",
                source=QAF.at("§3, Standard 6", lines="295"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_conduct_8",
                printed="8",
                text="Tasks handed to others are well supervised.",
                source=QAF.at("§3, Standard 8", lines="296"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_conduct_10",
                printed="10",
                text="Records are accurate.",
                source=QAF.at("§3, Standard 10", lines="297"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="hcpc_cpd",
        title="HCPC Standards for Continuing Professional Development",
        text="What professionals whom the HCPC regulates do to go on learning.",
        version="",
        external=True,
        source=QAF.at("§3", lines="299-306"),
        standing=Standing.STATED,
        criteria=(
            Criterion(
                id="hcpc_cpd_1",
                printed="",
                text="A record of learning activities is kept without gaps, current and accurate.",
                source=QAF.at("§3", lines="301"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_cpd_2",
                printed="",
                text="The activities are of different kinds and matter to the work done now or "
                "later.",
                source=QAF.at("§3", lines="302"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_cpd_3",
                printed="",
                text="The professional tries to see that learning betters practice and the "
                "service.",
                source=QAF.at("§3", lines="303"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_cpd_4",
                printed="",
                text="The professional tries to see that learning serves service users.",
                source=QAF.at("§3", lines="304"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="hcpc_cpd_5",
                printed="",
                text="When asked, the professional hands in a written profile of their own, backed "
                "by evidence, of how these standards are met.",
                source=QAF.at("§3", lines="305-306"),
                standing=Standing.STATED,
            ),
        ),
    ),
    Standard(
        id="hcpc_proficiency_2012",
        title="HCPC Standards of Proficiency: Social Workers in England",
        text="What a social worker knows, understands and can do on finishing training, so as to "
        "register. Workers have a duty to take part in quality assurance. Art therapists, "
        "psychologists and others have standards of their own.",
        version="2012",
        external=True,
        source=QAF.at("§3", lines="308-310"),
        standing=Standing.STATED,
    ),
)
"""Standards of other bodies that the framework names in its section 3."""
