"""The hub's loop: give records one layout, see what a proposal changes, receive what people send."""
