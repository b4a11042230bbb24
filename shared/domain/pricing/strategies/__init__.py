"""All strategies by name: a new one is a file here and a line in this table."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain.pricing.strategies import (
    age,
    agency_contract,
    certificate,
    channel,
    concession,
    days_ahead,
    fixed,
    flash_sale,
    forecast,
    free_leader,
    group_tiers,
    last_minute,
    occupancy,
    pass_companion,
    public_holiday,
    repeat_visitor,
    resident,
    season,
    time_of_day,
    weather,
    weekday_weekend,
)
from shared.domain.pricing.strategy import Registration

STRATEGIES: Mapping[str, Registration] = {
    registration.name: registration
    for registration in (
        age.REGISTRATION,
        agency_contract.REGISTRATION,
        certificate.REGISTRATION,
        channel.REGISTRATION,
        concession.REGISTRATION,
        days_ahead.REGISTRATION,
        fixed.REGISTRATION,
        flash_sale.REGISTRATION,
        forecast.REGISTRATION,
        free_leader.REGISTRATION,
        group_tiers.REGISTRATION,
        last_minute.REGISTRATION,
        occupancy.REGISTRATION,
        pass_companion.REGISTRATION,
        public_holiday.REGISTRATION,
        repeat_visitor.REGISTRATION,
        resident.REGISTRATION,
        season.REGISTRATION,
        time_of_day.REGISTRATION,
        weather.REGISTRATION,
        weekday_weekend.REGISTRATION,
    )
}
