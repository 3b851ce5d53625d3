//! The doors of the board: its columns, more of one, and moving a card.
