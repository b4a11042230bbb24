"""The face of a ticket: head with the scenic area, what it is for and when, and the stub with the code."""

from shared.printing.ticket_face.face import TicketFace, draw_face

__all__ = ["TicketFace", "draw_face"]
