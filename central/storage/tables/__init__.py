"""The tables, a module per subject. Every key begins with the site, so that sites can be sharded (design: sync.md)."""

from central.storage.tables.aftersales import ClaimRow, PaymentRow, RefundRow
from central.storage.tables.audit import AuditRow
from central.storage.tables.base import Base
from central.storage.tables.bookings import BookingLookUpRow, BookingRow, CollectionRow
from central.storage.tables.capacity import LeaseRow, SlotRow
from central.storage.tables.channels import AccountRow, AnswerRow, ChannelKeyRow, ChannelRow, NoticeRow, PostingRow
from central.storage.tables.feed import FeedRow, SequencerRow
from central.storage.tables.fleet import EnrolmentCodeRow, NonceRow, TerminalRow
from central.storage.tables.gates import AdmissionRow
from central.storage.tables.journal import ExceptionRow, JournalHeadRow, JournalRow
from central.storage.tables.operation import AlarmRow, AuditAnchorRow, CommandRow, CommissioningRow, HeartbeatRow
from central.storage.tables.sales import LeaseUnitRow, SaleRow, TicketRow
from central.storage.tables.shifts import ShiftRow

__all__ = [
    "AccountRow",
    "AdmissionRow",
    "AlarmRow",
    "AnswerRow",
    "AuditAnchorRow",
    "AuditRow",
    "Base",
    "BookingLookUpRow",
    "BookingRow",
    "ChannelKeyRow",
    "ChannelRow",
    "ClaimRow",
    "CollectionRow",
    "CommandRow",
    "CommissioningRow",
    "EnrolmentCodeRow",
    "ExceptionRow",
    "FeedRow",
    "HeartbeatRow",
    "JournalHeadRow",
    "JournalRow",
    "LeaseRow",
    "LeaseUnitRow",
    "NonceRow",
    "NoticeRow",
    "PaymentRow",
    "PostingRow",
    "RefundRow",
    "SaleRow",
    "SequencerRow",
    "ShiftRow",
    "SlotRow",
    "TerminalRow",
    "TicketRow",
]
