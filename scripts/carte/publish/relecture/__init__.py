"""The hub's worklist: which records to read again, why, and what to ask on the telephone."""
