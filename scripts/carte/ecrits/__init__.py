"""What people write by hand (records, vocabularies, configuration, manifests): read strictly, faults said in French."""
