"""One table says who may do what; four eyes are four."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.domain.staff.member import Approval, ApprovalRefusal, StaffMember, approve
from shared.domain.staff.permissions import TABLE, Permission, Role, Standing, standing
from tests.staff.people import ADA, ANNA, SUN

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
_RANK = {Standing.NEVER: 0, Standing.APPROVED: 1, Standing.ALONE: 2}


def test_every_permission_stands_in_the_table() -> None:
    assert set(TABLE) == set(Permission)


@pytest.mark.parametrize("permission", list(Permission))
def test_a_higher_role_may_at_least_as_much(permission: Permission) -> None:
    ranks = [_RANK[standing(role, permission)] for role in Role]
    assert ranks == sorted(ranks)
    assert ranks[-1] == _RANK[Standing.ALONE]


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("approver", [ANNA, SUN, ADA], ids=lambda one: one.role.value)
def test_who_may_do_it_alone_may_approve_it_for_another(approver: StaffMember, permission: Permission) -> None:
    asked_by = replace(ANNA, staff_id="another")
    answer = approve(approver, asked_by, permission, "sale-1", AT)
    if standing(approver.role, permission) is Standing.ALONE:
        assert answer == Approval(approver.staff_id, "another", permission, "sale-1", AT)
    else:
        assert answer is ApprovalRefusal.NOT_ALLOWED


def test_nobody_approves_his_own_wish_nor_his_own_matter_nor_after_he_left() -> None:
    assert approve(SUN, SUN, Permission.VOID, "sale-1", AT) is ApprovalRefusal.SAME_PERSON
    own = approve(SUN, ANNA, Permission.VOID, "sale-1", AT, concerns=frozenset({"sun"}))
    assert own is ApprovalRefusal.OWN_MATTER
    gone = replace(SUN, active=False)
    assert approve(gone, ANNA, Permission.VOID, "sale-1", AT) is ApprovalRefusal.NOT_ACTIVE
