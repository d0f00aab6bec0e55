"""The world as a printing plate: which country each pixel of a map belongs to."""
