"""Would a test fail if the program were wrong? Change it in one place, run the tests that go there, and see.

    make mutation PIECE=hours NOMBRE=60 GRAINE=1

The changes are those of cosmic-ray, drawn with a seed; those that change nothing are listed with the reason why in
`equivalents.yml`. Its own runner starts a shell and reads every library again for each change; mutmut changes nothing
outside functions, where our bounds and tables are. `essai` forks a process that has read the libraries already, and
runs only the tests that reach the changed line.
"""
