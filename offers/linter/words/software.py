"""Names of software that associations meet, and that say nothing to those who never did (002-120).

Read in November 2026 in the catalogues of ethical hosters and in the offers that the course reviews.
A name that is also a plain French word is left out.
"""

AS_OF = "2026-11"

SOFTWARE = (
    "AppFlowy", "BigBlueButton", "Big Blue Button", "BBB", "BookStack", "Cagette", "CiviCRM", "Collabora",
    "CryptPad", "Decidim", "Diacamma", "Discourse", "Dokos", "Dolibarr", "Drupal", "Element", "ERPNext",
    "Etherpad", "EtherCalc", "Firefly III", "Framadate", "Framaforms", "FreshRSS", "Galène", "Galette",
    "Garradin", "Ghost", "GitLab", "Gitea", "Forgejo", "Gmail", "Google Workspace", "Grist", "HedgeDoc",
    "HelloAsso", "Hugo", "Immich", "Invoice Ninja", "Jellyfin", "Jitsi", "Jitsi Meet", "Joomla", "Kanboard",
    "Keycloak", "kDrive", "kMail", "LibreOffice", "Lemmy", "Limesurvey", "Listmonk", "Loomio", "Mailman",
    "Mailtrain", "Mastodon", "Matomo", "Matrix", "Mattermost", "MediaWiki", "Microsoft 365", "Mobilizon",
    "Moodle", "NextCloud", "Next Cloud", "NocoDB", "Odoo", "OnlyOffice", "OpenProject", "Outlook",
    "Overleaf", "ownCloud", "Paheko", "PeerTube", "Penpot", "phpList", "Piwigo", "Pixelfed", "Plausible",
    "Plone", "Postfix", "PrestaShop", "Proton Calendar", "Proton Drive", "Proton Mail", "Proton Pass",
    "Proton VPN", "Redmine", "Rocket.Chat", "Roundcube", "Seafile", "SharePoint", "SPIP", "SOGo", "Taiga",
    "Teams", "Thunderbird", "Tracim", "Trello", "Vaultwarden", "Bitwarden", "Vikunja", "Wallabag", "Wekan",
    "WooCommerce", "WordPress", "XWiki", "YesWiki", "YunoHost", "Zimbra", "Zoom", "Zulip",
)  # fmt: skip

#: Said before a name they add nothing: « Logiciel Diacamma » is still a name.
FILLERS = (
    "le", "la", "les", "un", "une", "votre", "notre", "logiciel", "outil", "outils", "application", "appli",
    "plateforme", "instance", "serveur", "service", "solution", "hébergement", "de", "d", "du", "l",
)  # fmt: skip
