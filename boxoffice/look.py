"""The box office's look: dense and quiet. A desk screen stands at arm's length, so sizes are pixels, not millimetres.

Text has 7:1 on its ground (WCAG 2.2 AAA) in every tone.
"""

from __future__ import annotations

from dataclasses import asdict

from boxoffice.ticket_check.words import Tone
from shared.ui.palette import NORMAL

WINDOW = (1366, 768)  # the smallest desk screen it is made for
MARGIN = 28
GAP = 14

# Each tone's ground and ink.
TONES = {
    Tone.QUIET: (NORMAL.mist, NORMAL.ink),
    Tone.GOOD: ("#1d5738", "#ffffff"),
    Tone.CAREFUL: ("#f3d88a", NORMAL.ink),
    Tone.BAD: (NORMAL.accent, "#ffffff"),
}

MARKS = {Tone.QUIET: "", Tone.GOOD: "✓", Tone.CAREFUL: "!", Tone.BAD: "✕"}


def stylesheet(family: str) -> str:
    """The style sheet of the whole window, set in `family`."""
    return _BASE.format(family=family, **asdict(NORMAL)) + "".join(
        f'#verdict[tone="{tone.value}"] {{ background: {ground}; }}\n'
        f'#verdict[tone="{tone.value}"] QLabel {{ color: {ink}; }}\n'
        for tone, (ground, ink) in TONES.items()
    )


_BASE = """
QWidget {{ background: {paper}; color: {ink}; font-family: "{family}"; font-size: 17px; }}
QLabel {{ background: transparent; }}
#title {{ font-size: 24px; font-weight: 700; }}
#keys, .label {{ color: {soft}; }}
#code {{ background: {card}; border: 2px solid {line}; border-radius: 6px; padding: 10px 14px; font-size: 20px;
  placeholder-text-color: {soft}; }}
#code:focus {{ border-color: {focus}; }}
#verdict {{ border-radius: 10px; }}
#mark {{ font-size: 96px; font-weight: 700; }}
#headline {{ font-size: 54px; font-weight: 700; }}
#sentence {{ font-size: 22px; }}
#facts {{ background: {card}; border: 1px solid {faint}; border-radius: 10px; }}
#facts QLabel {{ font-size: 20px; }}
#facts .value {{ font-weight: 700; }}
"""
