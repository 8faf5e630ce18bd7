"""The game's face: a Textual app over `game.session`, `game.pages` and `game.words`.

`app.TwoHatsApp` is the way in; what it needs from outside is in `shelf`. State flows down to the
widgets as views and pages; what the player does flows up as messages.
"""
