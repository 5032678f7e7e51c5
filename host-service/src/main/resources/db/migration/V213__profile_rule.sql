-- Servers with EL 8 are set up as those with EL 7 are; the name of the profile is a contract.
UPDATE server_profile SET rules =
    '[{"test": "distro_version < 9 and distro_version >= 7", "description": "The profile is designed for versions 7 and 8 of EL"}]'
WHERE name = 'base_managed_rh7';
