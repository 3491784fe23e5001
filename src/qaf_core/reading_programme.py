"""Appendix 2 of Reading's framework, the annual audit programme, and what section 6 adds to it.

Read from a table whose rows are split over pages (readings A5 to A13, A23, A25, A28 and B8 to
B11). Rows whose tool a service's plugin brings are listed here, by the tool's id.
"""

from __future__ import annotations

from qaf_core.cadence import AtLeast, Every, OnEvent, Ongoing, Period, PerSubject
from qaf_core.provenance import Standing
from qaf_core.roles import (
    ADOPTION_SERVICE_MANAGER,
    ALLOCATED_WORKER,
    ASSISTANT_TEAM_MANAGER,
    DIRECTOR_OF_CHILDRENS_SERVICES,
    ELECTED_MEMBER,
    FRONTLINE_STAFF,
    HEAD_OF_CHILDRENS_SERVICES,
    HEAD_OF_SAFEGUARDING_AND_LONG_TERM_TEAMS,
    HEAD_OF_SERVICE,
    HEAD_OF_TRANSFORMATION_AND_GOVERNANCE,
    LEAD_MEMBER_FOR_CHILDRENS_SERVICES,
    LSCB_PERFORMANCE_AND_QUALITY_ASSURANCE_SUB_GROUP,
    MANAGING_DIRECTOR,
    NEWLY_QUALIFIED_SOCIAL_WORKER,
    PRACTITIONER,
    QUALITY_IMPROVEMENT_MANAGER,
    SERVICE_MANAGER,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    SERVICE_MANAGER_SAFEGUARDING,
    SOCIAL_WORKER,
    SUPERVISING_SOCIAL_WORKER,
    TEAM_MANAGER,
)
from qaf_core.sampling.programme import (
    Cover,
    Moderation,
    Pool,
    Programme,
    ProgrammeRow,
    Quota,
    ServiceArea,
    SignOff,
    Terms,
    Total,
)
from qaf_core.settings import (
    AT_RISK_DAYS_EACH,
    FILES_A_QUARTER,
    FILES_TOLERANCE,
    MANAGING_DIRECTOR_AUDITS,
    PART_WINDOW,
    POOL_SHARING,
    PROGRAMME_YEAR_STARTS,
    QUOTA_PER,
)
from qaf_core.sources import QAF

__all__ = ["READING_PROGRAMME"]


def __dir__() -> list[str]:
    return __all__


_MONTHLY = Every(1, Period.MONTH)
_QUARTERLY = Every(1, Period.QUARTER)
_ANNUALLY = Every(1, Period.YEAR)

AREAS = (
    ServiceArea(
        id="contact_referral_assessment",
        title="Contact and Referral, Access and Assessment",
        source=QAF.at("Appendix 2, Contact and Referral, Access and Assessment", lines="592"),
        standing=Standing.STATED,
    ),
    ServiceArea(
        id="locality",
        title="Locality teams",
        source=QAF.at("Appendix 2, Children in Need", lines="593-594, 599, 603"),
        standing=Standing.STATED,
    ),
    ServiceArea(
        id="cypd",
        title="CYPD",
        source=QAF.at("Appendix 2, Looked After Children", lines="599"),
        standing=Standing.STATED,
    ),
    ServiceArea(
        id="adoption",
        title="Adoption team",
        source=QAF.at("Appendix 2, Adoption", lines="604"),
        standing=Standing.STATED,
    ),
    ServiceArea(
        id="fostering",
        title="Fostering team",
        source=QAF.at("Appendix 2, Fostering", lines="605"),
        standing=Standing.STATED,
    ),
    ServiceArea(
        id="yos",
        title="Youth offending service",
        source=QAF.at("Appendix 2, YOS", lines="617"),
        standing=Standing.STATED,
    ),
    ServiceArea(
        id="cat",
        title="Children's Action Teams",
        source=QAF.at(
            "Appendix 2, Family Support, Targeted Youth Support, Troubled Families",
            lines="629-637",
        ),
        standing=Standing.STATED,
    ),
)

_FOUR_EACH = (
    Quota(role=ASSISTANT_TEAM_MANAGER, number=4, per=QUOTA_PER),
    Quota(role=TEAM_MANAGER, number=4, per=QUOTA_PER),
)
_NEXT_LEVEL = Moderation(
    next_level_up=True,
    or_peer=True,
    source=QAF.at("§6.1", lines="392-395"),
    standing=Standing.INFERRED,
)
"""Moderation belongs to every audit process, and these rows name no moderator.

Who re-audits is a manager or a peer of the auditor, and the files are random (6.1).
"""
_NOT_STATED = Moderation(
    or_peer=True, source=QAF.at("§6.1", lines="392-395"), standing=Standing.INFERRED
)
"""Nor does it help to look a level up where the auditor is not stated either."""

_POOL = Pool(
    id="cin_cp_cla",
    title="Children in need, child protection and looked after children",
    sharing=POOL_SHARING,
    wants=("cp", "cla"),
    source=QAF.at("Appendix 2, Looked After Children", lines="593-594, 599"),
    standing=Standing.INFERRED,
)
"""Stated for CYPD; for the Locality teams "as above" is read in the same way."""

CONTACT_REFERRAL_ASSESSMENT = ProgrammeRow(
    id="contact_referral_assessment",
    title="Contact and referral, access and assessment",
    areas=("contact_referral_assessment",),
    method="case audit",
    tools=("case_file",),
    cadence=_QUARTERLY,
    quotas=_FOUR_EACH,
    moderation=Moderation(
        by=SERVICE_MANAGER,
        or_peer=True,
        source=QAF.at("Appendix 2, Contact and Referral, Access and Assessment", lines="592"),
        standing=Standing.STATED,
    ),
    key_tests=("contact_referral_assessment",),
    files=True,
    note="Beside these, every transfer to another team is audited first.",
    source=QAF.at("Appendix 2, Contact and Referral, Access and Assessment", lines="592"),
    standing=Standing.STATED,
)
CHILDREN_IN_NEED = ProgrammeRow(
    id="cin",
    title="Children in need",
    areas=("locality", "cypd"),
    statuses=("cin",),
    method="case audit",
    tools=("case_file",),
    cadence=_QUARTERLY,
    quotas=_FOUR_EACH,
    moderation=Moderation(
        by=SERVICE_MANAGER,
        or_peer=True,
        source=QAF.at("Appendix 2, Children in Need", lines="593"),
        standing=Standing.STATED,
    ),
    key_tests=("cin",),
    pool=_POOL,
    files=True,
    source=QAF.at("Appendix 2, Children in Need", lines="593"),
    standing=Standing.STATED,
)
CHILD_PROTECTION = ProgrammeRow(
    id="cp",
    title="Child protection",
    areas=("locality", "cypd"),
    statuses=("cp",),
    method="case audit",
    tools=("case_file",),
    cadence=_QUARTERLY,
    quotas=_FOUR_EACH,
    moderation=Moderation(
        by=SERVICE_MANAGER,
        or_peer=True,
        source=QAF.at("Appendix 2, Child Protection", lines="593-597"),
        standing=Standing.INFERRED,
    ),
    key_tests=("cp",),
    pool=_POOL,
    files=True,
    source=QAF.at("Appendix 2, Child Protection", lines="594-598"),
    standing=Standing.INFERRED,
)
LOOKED_AFTER_CHILDREN = ProgrammeRow(
    id="cla",
    title="Looked after children",
    areas=("locality", "cypd"),
    statuses=("cla",),
    method="case audit",
    tools=("case_file",),
    cadence=_QUARTERLY,
    quotas=_FOUR_EACH,
    moderation=Moderation(
        by=SERVICE_MANAGER,
        or_peer=True,
        source=QAF.at("Appendix 2, Looked After Children", lines="593, 599"),
        standing=Standing.INFERRED,
    ),
    key_tests=("cla",),
    pool=_POOL,
    files=True,
    source=QAF.at("Appendix 2, Looked After Children", lines="599, 602"),
    standing=Standing.INFERRED,
)
CARE_LEAVERS = ProgrammeRow(
    id="care_leavers",
    title="Care leavers",
    areas=("locality",),
    statuses=("care_leaver",),
    method="case audit",
    tools=("case_file",),
    cadence=_QUARTERLY,
    quotas=_FOUR_EACH,
    moderation=Moderation(
        by=SERVICE_MANAGER,
        or_peer=True,
        source=QAF.at("Appendix 2, Care Leavers", lines="603"),
        standing=Standing.STATED,
    ),
    key_tests=("care_leavers",),
    files=True,
    source=QAF.at("Appendix 2, Care Leavers", lines="603"),
    standing=Standing.STATED,
)
ADOPTION = ProgrammeRow(
    id="adoption",
    title="Adoption",
    areas=("adoption",),
    method="case audit",
    tools=("adoption_adopter", "adoption_child", "adoption_support"),
    install="qaf-adoption",
    cadence=_MONTHLY,
    quotas=(
        Quota(role=SERVICE_MANAGER, number=2, per=QUOTA_PER, also=(ADOPTION_SERVICE_MANAGER,)),
        Quota(role=TEAM_MANAGER, number=2, per=QUOTA_PER),
        Quota(role=ASSISTANT_TEAM_MANAGER, number=2, per=QUOTA_PER),
    ),
    moderation=_NEXT_LEVEL,
    key_tests=("adoption",),
    files=True,
    source=QAF.at("Appendix 2, Adoption", lines="604"),
    standing=Standing.STATED,
)
FOSTERING = ProgrammeRow(
    id="fostering",
    title="Fostering",
    areas=("fostering",),
    method="case audit",
    tools=("fostering",),
    install="qaf-fostering",
    cadence=_MONTHLY,
    quotas=(
        Quota(role=SERVICE_MANAGER, number=1, per=QUOTA_PER),
        Quota(role=TEAM_MANAGER, number=2, per=QUOTA_PER),
        Quota(role=ASSISTANT_TEAM_MANAGER, number=2, per=QUOTA_PER),
    ),
    moderation=_NEXT_LEVEL,
    key_tests=("fostering",),
    files=True,
    source=QAF.at("Appendix 2, Fostering", lines="605-616"),
    standing=Standing.STATED,
)
YOS = ProgrammeRow(
    id="yos",
    title="Youth offending service",
    areas=("yos",),
    method="case audit",
    tools=("yos_case",),
    install="qaf-yos",
    cadence=_MONTHLY,
    quotas=(
        Quota(role=TEAM_MANAGER, number=2, per=QUOTA_PER),
        Quota(role=ASSISTANT_TEAM_MANAGER, number=2, per=QUOTA_PER),
    ),
    moderation=_NEXT_LEVEL,
    key_tests=("yos",),
    files=True,
    source=QAF.at("Appendix 2, YOS", lines="617-628"),
    standing=Standing.STATED,
)
YOS_NATIONAL_STANDARDS = ProgrammeRow(
    id="yos_national_standards",
    title="Youth offending service: National Standards audit",
    areas=("yos",),
    method="national standards audit",
    tools=("yos_national_standards",),
    install="qaf-yos",
    cadence=_ANNUALLY,
    moderation=_NOT_STATED,
    key_tests=("yos",),
    note="How many files, and who audits them, is not stated.",
    source=QAF.at("Appendix 2, YOS", lines="621-623"),
    standing=Standing.INFERRED,
)
YOS_TRANSITIONS = ProgrammeRow(
    id="yos_transitions",
    title="Youth offending service: transitions audit",
    areas=("yos",),
    method="transitions audit",
    tools=("yos_transitions",),
    install="qaf-yos",
    cadence=_ANNUALLY,
    moderation=_NOT_STATED,
    key_tests=("yos",),
    note="How many files, and who audits them, is not stated.",
    source=QAF.at("Appendix 2, YOS", lines="625-626"),
    standing=Standing.INFERRED,
)
CHILDRENS_ACTION_TEAMS = ProgrammeRow(
    id="cat",
    title="Family support, targeted youth support, troubled families",
    areas=("cat",),
    method="case audit",
    tools=("cat",),
    install="qaf-cat",
    cadence=_MONTHLY,
    quotas=(
        Quota(role=SERVICE_MANAGER, number=2, per=QUOTA_PER),
        Quota(role=TEAM_MANAGER, number=2, per=QUOTA_PER),
        Quota(role=ASSISTANT_TEAM_MANAGER, number=2, per=QUOTA_PER),
    ),
    moderation=_NEXT_LEVEL,
    key_tests=("cat",),
    files=True,
    note="Its frequency is blank in the table; section 6.5 has it monthly.",
    source=QAF.at(
        "Appendix 2, Family Support, Targeted Youth Support, Troubled Families",
        lines="410, 629-642",
    ),
    standing=Standing.INFERRED,
)
DIRECT_OBSERVATION = ProgrammeRow(
    id="direct_observation",
    title="Direct observation",
    method="one to one audit",
    tools=("observation",),
    cadence=PerSubject(1, Period.YEAR),
    covers=(
        Cover(
            id="observed_by_manager",
            label="every worker, by their own manager",
            of=(
                SOCIAL_WORKER,
                NEWLY_QUALIFIED_SOCIAL_WORKER,
                SUPERVISING_SOCIAL_WORKER,
                ALLOCATED_WORKER,
                PRACTITIONER,
                FRONTLINE_STAFF,
            ),
            source=QAF.at("§5.2 e; Appendix 2, Direct Observation", lines="368, 643"),
            standing=Standing.STATED,
        ),
    ),
    moderation=_NEXT_LEVEL,
    key_tests=("direct_observation",),
    source=QAF.at("Appendix 2, Direct Observation", lines="643-644"),
    standing=Standing.STATED,
)
SUPERVISION = ProgrammeRow(
    id="supervision",
    title="Supervision",
    method="file audit",
    tools=("supervision",),
    cadence=PerSubject(1, Period.YEAR),
    covers=(
        Cover(
            id="supervision_by_assistant_team_managers",
            label="every Assistant Team Manager's supervision, by a Team Manager",
            of=(ASSISTANT_TEAM_MANAGER,),
            by=(TEAM_MANAGER,),
            also=(QUALITY_IMPROVEMENT_MANAGER,),
            source=QAF.at("§6.5 c; Appendix 2, Supervision", lines="413, 644"),
            standing=Standing.INFERRED,
        ),
        Cover(
            id="supervision_by_team_managers",
            label="every Team Manager's supervision, by a Service Manager",
            of=(TEAM_MANAGER,),
            by=(SERVICE_MANAGER,),
            also=(ADOPTION_SERVICE_MANAGER, QUALITY_IMPROVEMENT_MANAGER),
            source=QAF.at("§6.5 c; Appendix 2, Supervision", lines="413, 644"),
            standing=Standing.INFERRED,
        ),
        Cover(
            id="supervision_by_service_managers",
            label="Service Managers' supervision, by a Head of Service",
            of=(
                SERVICE_MANAGER,
                SERVICE_MANAGER_QUALITY_ASSURANCE,
                SERVICE_MANAGER_SAFEGUARDING,
                ADOPTION_SERVICE_MANAGER,
            ),
            by=(HEAD_OF_SERVICE,),
            also=(
                HEAD_OF_CHILDRENS_SERVICES,
                HEAD_OF_SAFEGUARDING_AND_LONG_TERM_TEAMS,
                HEAD_OF_TRANSFORMATION_AND_GOVERNANCE,
                QUALITY_IMPROVEMENT_MANAGER,
            ),
            sample=True,
            source=QAF.at("§6.5 c", lines="413"),
            standing=Standing.STATED,
        ),
    ),
    moderation=_NEXT_LEVEL,
    key_tests=("supervision",),
    note="The table says ongoing, section 6.5 throughout the year; once a year each is a reading.",
    source=QAF.at("§6.5 c; Appendix 2, Supervision", lines="413, 644"),
    standing=Standing.INFERRED,
)
GROUP_AUDIT = ProgrammeRow(
    id="group",
    title="Group audit",
    method="deep dive file audit",
    tools=("case_file",),
    cadence=_QUARTERLY,
    moderation=_NOT_STATED,
    key_tests=("group",),
    by_name=True,
    files=True,
    note="By staff of all areas together; how many files is not stated.",
    source=QAF.at("Appendix 2, Group Supervision", lines="645"),
    standing=Standing.INFERRED,
)
DIRECTORS = ProgrammeRow(
    id="directors",
    title="Director, Heads of Service, elected member",
    method="file audit",
    tools=("case_file",),
    cadence=_QUARTERLY,
    quotas=(
        Quota(role=DIRECTOR_OF_CHILDRENS_SERVICES, number=2, per=QUOTA_PER),
        Quota(
            role=HEAD_OF_SERVICE,
            number=2,
            per=QUOTA_PER,
            also=(
                HEAD_OF_CHILDRENS_SERVICES,
                HEAD_OF_SAFEGUARDING_AND_LONG_TERM_TEAMS,
                HEAD_OF_TRANSFORMATION_AND_GOVERNANCE,
            ),
        ),
        Quota(role=ELECTED_MEMBER, number=None, also=(LEAD_MEMBER_FOR_CHILDRENS_SERVICES,)),
    ),
    moderation=_NEXT_LEVEL,
    selection="random",
    key_tests=("directors",),
    files=True,
    note="The elected member takes part; how often is not stated.",
    source=QAF.at("Appendix 2, DCS, HOS, Elected Member; §6.5 a", lines="408, 646"),
    standing=Standing.STATED,
)
MANAGING_DIRECTOR_FILES = ProgrammeRow(
    id="managing_director",
    title="Managing Director",
    method="file audit",
    tools=("case_file",),
    cadence=_QUARTERLY,
    quotas=(Quota(role=MANAGING_DIRECTOR, number=2, per=QUOTA_PER),),
    moderation=_NEXT_LEVEL,
    selection="random",
    key_tests=("directors",),
    counted=MANAGING_DIRECTOR_AUDITS,
    files=True,
    note="In section 6.5 and not in the table: a council takes it or leaves it.",
    source=QAF.at("§6.5 a", lines="408"),
    standing=Standing.INFERRED,
)
THEMATIC = ProgrammeRow(
    id="thematic",
    title="Thematic audits",
    method="file audits, interviews, focus groups",
    cadence=AtLeast(2, Period.YEAR),
    moderation=_NOT_STATED,
    commissioned=True,
    selection="by theme",
    note="Across teams or services, over a period, with several methods; the tool is chosen for "
    "each. Two or more: there is no upper limit.",
    source=QAF.at("§6.5 b", lines="412"),
    standing=Standing.STATED,
)
TRANSFER = ProgrammeRow(
    id="transfer",
    title="Audit before transfer",
    method="transfer audit",
    cadence=OnEvent("transfer", "transfer between teams", between_teams=True),
    sign_offs=(
        SignOff(
            id="transfer_summary",
            label="the transfer summary",
            by=TEAM_MANAGER,
            source=QAF.at("§5.2 j", lines="376"),
            standing=Standing.STATED,
        ),
        SignOff(
            id="transfer_audit",
            label="the transfer audit",
            by=TEAM_MANAGER,
            source=QAF.at("§5.2 j", lines="376"),
            standing=Standing.STATED,
        ),
    ),
    note="No tool for it is stated.",
    source=QAF.at("§5.2 j, §6.5 a", lines="376, 410"),
    standing=Standing.STATED,
)
MULTI_AGENCY = ProgrammeRow(
    id="multi_agency",
    title="Multi-agency audits",
    cadence=Ongoing(),
    run_by=LSCB_PERFORMANCE_AND_QUALITY_ASSURANCE_SUB_GROUP.id,
    note="A rolling programme of the safeguarding children board, outside the own programme.",
    source=QAF.at("§6.5 d", lines="268-272, 414"),
    standing=Standing.STATED,
)

READING_PROGRAMME = Programme(
    rows=(
        CONTACT_REFERRAL_ASSESSMENT,
        CHILDREN_IN_NEED,
        CHILD_PROTECTION,
        LOOKED_AFTER_CHILDREN,
        CARE_LEAVERS,
        ADOPTION,
        FOSTERING,
        YOS,
        YOS_NATIONAL_STANDARDS,
        YOS_TRANSITIONS,
        CHILDRENS_ACTION_TEAMS,
        DIRECT_OBSERVATION,
        SUPERVISION,
        GROUP_AUDIT,
        DIRECTORS,
        MANAGING_DIRECTOR_FILES,
        THEMATIC,
        TRANSFER,
        MULTI_AGENCY,
    ),
    areas=AREAS,
    terms=Terms(
        year_starts=PROGRAMME_YEAR_STARTS,
        days_each=AT_RISK_DAYS_EACH,
        part=PART_WINDOW,
        total=Total(about=FILES_A_QUARTER, tolerance=FILES_TOLERANCE, cadence=_QUARTERLY),
        changed_by=DIRECTOR_OF_CHILDRENS_SERVICES.id,
    ),
)
