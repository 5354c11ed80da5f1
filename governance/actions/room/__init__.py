"""What is done in the meeting room, from opening to closing."""
