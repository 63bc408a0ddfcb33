import type { Range } from './range';

/** A local claim that the product brings along; `name` is what follows `http://wso2.org/claims/`. */
export interface ShippedLocalClaim {
  readonly name: string;
  /** The attribute of the PRIMARY user store. */
  readonly attribute: string;
  readonly displayName: string;
  readonly displayOrder: number;
  readonly supportedByDefault: boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly multiValued: boolean;
}

/** One claim a line: name, attribute, position and flags (`-` for none), display name. */
const LINE = /^(\S+) (\S+) (\d*)(S?)(R?)(O?)(M?)-? (.+)$/;

function claimOf(line: string): ShippedLocalClaim {
  const [, name = '', attribute = '', order, supported, required, readOnly, multi, displayName = ''] =
    LINE.exec(line) ?? [];
  return {
    name,
    attribute,
    displayName,
    displayOrder: Number(order),
    supportedByDefault: supported === 'S',
    required: required === 'R',
    readOnly: readOnly === 'O',
    multiValued: multi === 'M',
  };
}

function claims(text: string): ShippedLocalClaim[] {
  return text.trim().split(/\n\s*/).map(claimOf);
}

/**
 * What claim-config.xml of the product has, by the releases that have it. 6.0 and 6.1: a fresh server of the product's
 * own code says so, and the file of framework 5.25.77. Later ones: the files of framework 7.0.80 (7.0), 7.8.94 (7.1),
 * 7.8.614 (7.2) and 7.8.685 (7.3); of 7.0 a recorded answer as well, which has no `role`. The file of 5.11 is not to be
 * had: 6.0 stands for it. They stand in the order of the file, on which the order of the server's lists depends.
 */
export const LOCAL_CLAIMS: readonly (Range & { readonly claims: readonly ShippedLocalClaim[] })[] = [
  {
    claims: claims(`
      givenname givenName 1SR First Name
      lastname sn 2SR Last Name
      organization organizationName 3 Organization
      streetaddress streetAddress 5 Address - Street
      country country 5S Country
      emailaddress mail 6SR Email
      mobile mobile 8S Mobile
      im im 9 IM
      url url 10S URL
      gender gender - Gender
      title title - Title
      roles roles SO Roles
      department departmentNumber SO Department
      postalcode postalcode - Postal Code
      locality localityAddress - Locality
      region region - Region
      dob dateOfBirth - Birth Date
      nickname nickName - Nick Name
      stateorprovince stateOrProvinceName - State
      otherphone otherPhone - Other Phone
      fullname cn - Full Name
      username uid - Username
      userprincipal uid - User Principal
      userid scimId O User ID
      externalid externalId O External User ID
      created createdDate O Created Time
      modified lastModifiedDate O Last Modified Time
      metadata.version meta.version O User Metadata - Version
      location location - Location
      formattedName formattedName - Name - Formatted Name
      middleName middleName - Middle Name
      honorificPrefix honoricPrefix - Name - Honoric Prefix
      honorificSuffix honoricSuffix - Name - Honoric Suffix
      resourceType resourceType - Resource Type
      userType userType - User Type
      preferredLanguage preferredLanguage - Preferred Language
      local local - Local
      timeZone timeZone - Time Zone
      emails.work workEmail - Emails - Work Email
      emails.home homeEmail - Emails - Home Email
      emails.other otherEmail - Emails - Other Email
      phoneNumbers phoneNumbers - Phone Numbers
      phoneNumbers.home homePhone - Phone Numbers - Home Phone Number
      phoneNumbers.work workPhone - Phone Numbers - Work Phone Number
      phoneNumbers.fax fax - Phone Numbers - Fax Number
      phoneNumbers.pager pager - Phone Numbers - Pager Number
      phoneNumbers.other otherPhoneNumber - Phone Numbers - Other
      gtalk imGtalk - IM - Gtalk
      skype imSkype - IM - Skype
      photos photos - Photo
      photourl photoUrl - Photo URIL
      websiteurl websiteUrl - Website URL
      thumbnail thumbnail - Photo - Thumbnail
      addresses addresses - Address
      addresses.formatted formattedAddress - Address - Formatted
      addresses.locality localityAddress - Address - Locality
      groups groups SO Groups
      identity/verifyEmail verifyEmail - Verify Email
      identity/askPassword askPassword - Ask Password
      identity/tenantAdminAskPassword tenantAdminAskPassword - Tenant Admin Ask Password
      identity/adminForcedPasswordReset forcePasswordReset - Force Password Reset
      entitlements entitlements - Entitlements
      identity/lockedReason lockedReason - Locked Reason
      x509Certificates x509Certificates - X509Certificates
      identity/failedPasswordRecoveryAttempts failedRecoveryAttempts - Failed Password Recovery Attempts
      oneTimePassword oneTimePassword - One Time Password
      extendedRef extendedRef - Extended Ref
      extendedDisplayName extendedDisplayName - Extended Display Name
      costCenter costCenter - Cost Center
      extendedExternalId extendedExternalId - Extended External ID
      identity/accountLocked accountLock - Account Locked
    `),
  },
  {
    until: '7.0',
    claims: claims(`
      role role O Roles and groups
      primaryChallengeQuestion primaryChallengeQuestion - Primary Challenge Question
      challengeQuestionUris challengeQuestionUris - Challenge Question
      challengeQuestion1 firstChallenge - Challenge Question1
      challengeQuestion2 secondChallenge - Challenge Question2
    `),
  },
  {
    claims: claims(`
      identity/accountState accountState O Account State
      identity/emailVerified emailVerified - Email Verified
      identity/phoneVerified phoneVerified - Phone Verified
      identity/preferredChannel preferredChannel - Preferred Channel
      identity/accountConfirmedTime confirmedTime - Confirmed Time
      identity/accountDisabled accountDisabled - Account Disabled
      identity/failedLoginAttempts failedLoginAttempts - Failed Login Attempts
      identity/failedLoginAttemptsBeforeSuccess failedLoginAttemptsBeforeSuccess - Failed Attempts Before Success
      identity/failedSmsOtpAttempts failedSmsOtpAttempts - Failed SMS OTP Attempts
      identity/failedEmailOtpAttempts failedEmailOtpAttempts - Failed Email OTP Attempts
      identity/failedTotpAttempts failedTotpAttempts - Failed TOTP Attempts
      identity/failedLoginLockoutCount failedLockoutCount - Failed Lockout Count
      identity/unlockTime unlockTime - Unlock Time
      identity/lastLoginTime lastLoginTime - Last Login
      identity/lastLogonTime lastLogonTime - Last Logon
      identity/lastPasswordUpdateTime lastPasswordUpdate - Last Password Update
      displayName displayName - Display Name
      active active - Active
      identity/secretkey totpSecretkey - Secret Key
      identity/emailotp_disabled emailOTPDisabled - Disable EmailOTP
      identity/smsotp_disabled smsOTPDisabled - Disable SMSOTP
      identity/emailaddress.pendingValue pendingEmailAddress O Verification Pending Email
      identity/verifySecretkey verifySecretkey - Verify Secret Key
      identity/isLiteUser isLiteUser - Lite User
      identity/isReadOnlyUser isReadOnlyUser - Read Only User
      identity/mobileNumber.pendingValue pendingMobileNumber O Verification Pending Mobile Number
      identity/verifyMobile verifyMobile - Verify Mobile
      identity/userSourceId userSourceId - User Source ID
      identity/totpEnabled totpEnabled - TOTP Enabled
      identity/backupCodeEnabled backupCodeEnabled - Backup Code Enabled
      identity/enabledAuthenticators enabledAuthenticators - Enabled Authenticators
      identity/backupCodes backupCodes - Backup Codes
      identity/failedBackupCodeAttempts failedBackupCodeAttempts - Failed Backup Code Attempts
    `),
  },
  { until: '7.0', claims: claims('telephone telephoneNumber 7S Telephone') },
  // As recorded on 7.0; the file of its framework has it as before.
  { since: '7.0', until: '7.1', claims: claims('telephone telephoneNumber 7 Telephone') },
  { since: '7.1', claims: claims('telephone telephoneNumber 7S Telephone') },
  {
    since: '7.0',
    claims: claims(`
      identity/managedOrg managedOrg O Managed Organization
      identity/preferredMFAOption preferredMFAOption SO PreferredMFAOption
    `),
  },
  {
    since: '7.1',
    claims: claims(`
      emailAddresses emailAddresses 11SM Email Addresses
      identity/passwordExpiryTime passwordExpiryTime O Password Expiry Time
      identity/sharedType sharedType O Shared Type
      mobileNumbers mobileNumbers 13SM Mobile Numbers
      verifiedEmailAddresses verifiedEmailAddresses 12SM Verified Email Addresses
      verifiedMobileNumbers verifiedMobileNumbers 14SM Verified Mobile Numbers
    `),
  },
  {
    since: '7.2',
    claims: claims(`
      agent/AIModel agentAIModel 32 Agent AI Model
      agent/Description agentDescription 31 Agent Description
      agent/Name agentName 30 Agent Name
      agent/Owner agentOwner 33 Agent Owner
      agent/URL agentURL 34 Agent URL
      identity/usedTOTPTimeWindows usedTOTPTimeWindows - Used TOTP Time Windows
    `),
  },
  {
    since: '7.3',
    claims: claims(`
      identity/emailOtpLastSentTime emailOtpLastSentTime - Email OTP Last Sent Time
      identity/emailOtpResendAttempts emailOtpResendAttempts - Email OTP Resend Attempts
      identity/smsOtpLastSentTime smsOtpLastSentTime - SMS OTP Last Sent Time
      identity/smsOtpResendAttempts smsOtpResendAttempts - SMS OTP Resend Attempts
    `),
  },
];
