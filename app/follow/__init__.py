"""Who follows what, what happened since they heard of it last, and the mails that tell them."""
