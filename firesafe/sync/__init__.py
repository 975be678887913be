"""The field app's way in: the bundle for the day goes out, parcels come back."""
