"""`python -m kiosk.screens.gallery FOLDER`: a picture of every state, for looking at and for the documents."""

from __future__ import annotations

import argparse
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.screens.examples import states
from kiosk.screens.stage import Stage
from shared.ui.palette import HIGH_CONTRAST, NORMAL
from shared.ui.theme import Theme
from shared.ui.tokens import Screen, Tokens


def hang(folder: Path, language: str, theme: Theme) -> None:
    """Writes `<state>.png` for every state into the folder. Needs a QApplication."""
    folder.mkdir(parents=True, exist_ok=True)
    every = states(language)
    screen = theme.tokens.screen
    stage = Stage(theme.in_language(language), next(iter(every.values())).house)
    stage.setFixedSize(screen.width_px, screen.height_px)
    stage.show()
    for name, state in every.items():
        stage.show_state(state)
        stage.grab().save(str(folder / f"{name}.png"))
    stage.deleteLater()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="kiosk.screens.gallery", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--screen", default="1080x1920")
    parser.add_argument("--inches", type=float, default=27.0)
    parser.add_argument("--contrast", action="store_true")
    options = parser.parse_args()
    width, height = (int(side) for side in options.screen.split("x"))
    tokens = Tokens(Screen(width, height, options.inches), options.size)
    application = QApplication(["gallery", "-platform", "offscreen"])
    hang(options.folder, options.language, Theme(tokens, HIGH_CONTRAST if options.contrast else NORMAL))
    application.quit()


if __name__ == "__main__":
    main()
