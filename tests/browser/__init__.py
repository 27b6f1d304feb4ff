"""What a person sees and clicks, in Chromium."""
