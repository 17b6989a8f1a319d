"""What people say below pages: members at once, others once their address is confirmed and a moderator has read it."""
