"""Pictures of answers: a subject goes in, a PNG comes out.

`subjects` say what is to be drawn, in finished words and plain numbers; `studio` draws them.
Nothing here knows of SQL, Discord or the words of the domain.
"""
