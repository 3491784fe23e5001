"""Northmere's programme: the ways of other councils to say who audits what."""

from __future__ import annotations

from qaf_core.cadence import AtLeast, Every, OnEvent, Ongoing, Period, PerSubject, ShareOf
from qaf_core.provenance import Standing
from qaf_core.sampling.programme import (
    ROLE,
    SEPARATE,
    Cover,
    Moderation,
    Pool,
    Programme,
    ProgrammeRow,
    Quota,
    ServiceArea,
    SignOff,
    Terms,
)
from second_framework.vocabulary import (
    COMPASS,
    COMPASS_OFFICER,
    HEAD_OF_QUALITY,
    JOINT_MODERATOR,
    LEAD_ASSESSOR,
    SETTING_LEADER,
)

_SAID = Standing.STATED

HOMES = ServiceArea(id="homes", title="Children's homes", source=COMPASS.at("9"), standing=_SAID)
NURSERIES = ServiceArea(id="nurseries", title="Nurseries", source=COMPASS.at("9"), standing=_SAID)

_EITHER = Pool(
    id="either_place",
    title="Homes and nurseries",
    sharing=SEPARATE,
    source=COMPASS.at("9.1"),
    standing=_SAID,
)

SERVICE_WIDE = ProgrammeRow(
    id="service_wide",
    title="Six reviews a month over the whole service",
    tools=("compass_review",),
    cadence=AtLeast(6, Period.MONTH),
    by_name=True,
    source=COMPASS.at("9.2"),
    standing=_SAID,
)
TENTH_OF_PLACES = ProgrammeRow(
    id="tenth_of_places",
    title="A tenth of the open settings each quarter",
    tools=("compass_review",),
    cadence=ShareOf(10, Period.QUARTER, of="open settings"),
    by_name=True,
    source=COMPASS.at("9.3"),
    standing=_SAID,
)
FIFTH_OR_TWENTY = ProgrammeRow(
    id="fifth_or_twenty",
    title="A fifth of joint cases a year, and twenty at least",
    tools=("joint_lens",),
    cadence=ShareOf(20, Period.YEAR, at_least=20, of="joint cases"),
    source=COMPASS.at("9.4"),
    standing=_SAID,
)
HOMES_BY_ROLE = ProgrammeRow(
    id="homes_by_role",
    title="Homes: four every two months, by the assessors together",
    areas=("homes",),
    tools=("compass_review",),
    cadence=Every(2, Period.MONTH),
    quotas=(Quota(role=LEAD_ASSESSOR, number=4, per=ROLE),),
    moderation=Moderation(by=JOINT_MODERATOR, rate=100, source=COMPASS.at("9.5"), standing=_SAID),
    pool=_EITHER,
    source=COMPASS.at("9.5"),
    standing=_SAID,
)
NURSERIES_BY_ROLE = ProgrammeRow(
    id="nurseries_by_role",
    title="Nurseries: four every two months, by the assessors together",
    areas=("nurseries",),
    tools=("compass_review",),
    cadence=Every(2, Period.MONTH),
    quotas=(Quota(role=LEAD_ASSESSOR, number=4, per=ROLE),),
    pool=_EITHER,
    source=COMPASS.at("9.6"),
    standing=_SAID,
)
LEADERS_SEEN = ProgrammeRow(
    id="leaders_seen",
    title="Each leader of a setting is seen twice a half-year",
    tools=("compass_review",),
    cadence=PerSubject(2, Period.HALF_YEAR),
    covers=(
        Cover(
            id="leaders_by_officer",
            label="every leader, by an officer",
            of=(SETTING_LEADER,),
            by=(COMPASS_OFFICER,),
            also=(HEAD_OF_QUALITY,),
            source=COMPASS.at("9.7"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("9.7"),
    standing=_SAID,
)
BEFORE_CLOSING = ProgrammeRow(
    id="before_closing",
    title="Every case is read before it closes",
    cadence=OnEvent("closure", "closure of a case"),
    sign_offs=(
        SignOff(
            id="closing_review",
            label="the closing review",
            by=HEAD_OF_QUALITY,
            source=COMPASS.at("9.8"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("9.8"),
    standing=_SAID,
)
ON_REQUEST = ProgrammeRow(
    id="on_request",
    title="Reviews that the Head of Quality asks for",
    tools=("compass_review",),
    cadence=Ongoing(),
    by_name=True,
    selection="on request, or by risk",
    source=COMPASS.at("9.9"),
    standing=_SAID,
)

PROGRAMME = Programme(
    rows=(
        SERVICE_WIDE,
        TENTH_OF_PLACES,
        FIFTH_OR_TWENTY,
        HOMES_BY_ROLE,
        NURSERIES_BY_ROLE,
        LEADERS_SEEN,
        BEFORE_CLOSING,
        ON_REQUEST,
    ),
    areas=(HOMES, NURSERIES),
    terms=Terms(year_starts=9, days_each=2),
)
