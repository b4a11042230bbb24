"""A person of the staff, and what another one approved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from shared.domain.staff.permissions import Permission, Role, Standing, standing


@dataclass(frozen=True, slots=True)
class StaffMember:
    """`staff_id` is what the person types and what the journal names; `name` is for the screen alone.

    `pin_hash`, `card_hash` and `totp_secret` are how the person proves who it is; empty where there is none.
    """

    staff_id: str
    name: str = field(repr=False)
    role: Role
    pin_hash: str = field(repr=False)
    card_hash: str = field(default="", repr=False)
    totp_secret: str = field(default="", repr=False)
    active: bool = True


@dataclass(frozen=True, slots=True)
class Approval:
    """`by` allowed `asked_by` to do something once. `subject` is what it is about: a sale, a ticket, a shift."""

    by: str
    asked_by: str
    permission: Permission
    subject: str
    at: datetime


class ApprovalRefusal(Enum):
    """Why an approval does not count."""

    SAME_PERSON = "same_person"  # nobody approves what he himself asks for
    OWN_MATTER = "own_matter"  # the subject concerns the approver: his own sale or shift
    NOT_ALLOWED = "not_allowed"
    NOT_ACTIVE = "not_active"


def approve(
    approver: StaffMember,
    asked_by: StaffMember,
    permission: Permission,
    subject: str,
    at: datetime,
    *,
    concerns: frozenset[str] = frozenset(),
) -> Approval | ApprovalRefusal:
    """The four eyes: `concerns` are the staff ids that the subject is about, such as who sold what is given back."""
    if not approver.active:
        return ApprovalRefusal.NOT_ACTIVE
    if approver.staff_id == asked_by.staff_id:
        return ApprovalRefusal.SAME_PERSON
    if standing(approver.role, permission) is not Standing.ALONE:
        return ApprovalRefusal.NOT_ALLOWED
    if approver.staff_id in concerns:
        return ApprovalRefusal.OWN_MATTER
    return Approval(approver.staff_id, asked_by.staff_id, permission, subject, at)
