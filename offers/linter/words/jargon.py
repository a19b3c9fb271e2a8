"""Technical words that an offer should explain or say otherwise (002-057).

Read in November 2026 in offers of ethical hosters, with the eyes of the treasurer of a small association.
Acronyms are matched as written, words whatever their case and with their plural.
"""

AS_OF = "2026-11"

ACRONYMS = (
    "2FA", "API", "CalDAV", "CardDAV", "CDN", "CMS", "CPU", "CRM", "CSV", "DKIM", "DMARC", "DNS", "DNSSEC",
    "ERP", "FTP", "GTI", "GTR", "HTTP", "HTTPS", "IaaS", "ICS", "IMAP", "IMAPS", "IP", "IPv4", "IPv6",
    "JSON", "LDAP", "MariaDB", "MFA", "MySQL", "NVMe", "OIDC", "PaaS", "PCA", "PHP", "PKI", "POP3",
    "PostgreSQL", "PRA", "RAID", "RAM", "RPO", "RTO", "SaaS", "SAML", "S3", "SFTP", "SLA", "SMTP", "SPF",
    "SQL", "SSD", "SSH", "SSL", "SSO", "TLS", "URL", "VCF", "VPN", "VPS", "WebDAV", "XML",
)  # fmt: skip

WORDS = (
    "alias", "anti-spam", "back-office", "backoffice", "backup", "bande passante", "base de données",
    "cloud", "cluster", "conteneur", "cron", "dump", "framework", "groupware", "instance",
    "machine virtuelle", "Maildir", "mbox", "mutualisé", "nom de domaine", "open source",
    "plugin", "proxy", "redondance", "reporting", "root", "snapshot", "sous-domaine", "ticketing", "uptime",
    "webmail", "workflow",
)  # fmt: skip
