"""All strategies by name: a new one is a file here and a line in this table."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain.pricing.strategies import (
    age,
    agency_contract,
    buy_n_get_m,
    certificate,
    channel,
    combination,
    concession,
    coupon_amount,
    coupon_free_item,
    coupon_percent,
    days_ahead,
    family_pack,
    fixed,
    flash_sale,
    floor_and_ceiling,
    forecast,
    free_leader,
    group_tiers,
    last_minute,
    occupancy,
    pass_companion,
    public_holiday,
    repeat_visitor,
    resident,
    rounding,
    season,
    second_at_discount,
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
        buy_n_get_m.REGISTRATION,
        certificate.REGISTRATION,
        channel.REGISTRATION,
        combination.REGISTRATION,
        concession.REGISTRATION,
        coupon_amount.REGISTRATION,
        coupon_free_item.REGISTRATION,
        coupon_percent.REGISTRATION,
        days_ahead.REGISTRATION,
        family_pack.REGISTRATION,
        fixed.REGISTRATION,
        flash_sale.REGISTRATION,
        floor_and_ceiling.REGISTRATION,
        forecast.REGISTRATION,
        free_leader.REGISTRATION,
        group_tiers.REGISTRATION,
        last_minute.REGISTRATION,
        occupancy.REGISTRATION,
        pass_companion.REGISTRATION,
        public_holiday.REGISTRATION,
        repeat_visitor.REGISTRATION,
        resident.REGISTRATION,
        rounding.REGISTRATION,
        season.REGISTRATION,
        second_at_discount.REGISTRATION,
        time_of_day.REGISTRATION,
        weather.REGISTRATION,
        weekday_weekend.REGISTRATION,
    )
}
