"""What people send from the form: saved mails come in, records ready for a branch come out."""
