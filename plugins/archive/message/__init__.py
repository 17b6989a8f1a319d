"""Reading a message: bytes in, a record out, never an exception. Plain Python: no Flask, no SQL."""
