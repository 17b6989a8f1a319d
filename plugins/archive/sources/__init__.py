"""Where old mail comes from: each kind of file as a stream of raw messages. Plain Python: no Flask, no SQL."""
