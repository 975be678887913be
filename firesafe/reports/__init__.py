"""What strangers tell at a factory's door: hazards, which the county looks into and answers.

A report is not a finding: nobody has inspected anything yet. It waits in the county's own list
until somebody has gone there, or has said why nobody does.
"""
