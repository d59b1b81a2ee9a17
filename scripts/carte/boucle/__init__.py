"""The hub's loop: give records one layout, see what a proposal changes, who reviews it, what is to be read again."""
