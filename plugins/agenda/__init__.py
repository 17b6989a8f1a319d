"""The shared agenda: what takes place, by day, week and month, on paper and in everybody's own calendar."""
