"""The authorization server: applications, their installations, codes and tokens."""
